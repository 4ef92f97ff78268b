/** Who is woken for events, where subscriptions change while they are stored. */
import { createReceiveEvents } from '../../../shared/events/receive-events.ts';
import { silentLog } from '../../../shared/platform/log.ts';
import { silentTelemetry } from '../../../shared/platform/telemetry/telemetry.ts';
import type { Matching } from '../../../shared/subscriptions/subscription.ts';
import { anEvent } from '../../world/make.ts';

const channel: Matching = {
  id: 'sub_1',
  account: 'acme',
  topics: [],
  scopes: [],
  minSeverity: 'info',
  urgentSeverity: null,
  immediate: false,
  dropping: false,
};

async function wakesOf({ before, after }: { before: Matching; after: readonly Matching[] }) {
  const wakes: string[] = [];
  let isStored = false;
  const receive = createReceiveEvents({
    subscriptionsOf: async () => (isStored ? after : [before]),
    writeEvents: async () => {
      isStored = true;
    },
    noteDropped: async () => {},
    wakeChannel: async ({ subscriptionId }, why) => {
      wakes.push(`${subscriptionId} ${why} ${isStored ? 'after' : 'before'} its page`);
    },
    deadLetters: { put: async () => {} },
    log: silentLog,
    telemetry: silentTelemetry,
  });
  await receive({ body: [anEvent()], id: 'message', insertedAt: 0 });
  return wakes;
}

describe('a channel whose page takes its time', () => {
  it.each<[string, Matching, readonly Matching[], string[]]>([
    ['is woken when it is told at once', { ...channel, immediate: true }, [{ ...channel, immediate: true }], ['look']],
    ['is woken when it was edited to that meanwhile', channel, [{ ...channel, immediate: true }], ['look']],
    ['is not woken when it was edited to a schedule', { ...channel, immediate: true }, [channel], []],
    ['is not woken when it was removed', { ...channel, immediate: true }, [], []],
    ['waits for its due time', channel, [channel], []],
  ])('%s', async (_, before, after, expected) => {
    const wakes = await wakesOf({ before, after });

    expect(wakes).toEqual(expected.map((why) => `sub_1 ${why} after its page`));
  });
});
