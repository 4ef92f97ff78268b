/** Takes a message of events: matches each, stores pages, wakes channels; what cannot be read becomes dead letters. */
import type { Log } from '../platform/log.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import type { Matching } from '../subscriptions/subscription.ts';
import type { DeadLettersTable } from './dead-letters-table.ts';
import type { WriteEvents } from './inbox-writer.ts';
import { matchEvent } from './match.ts';
import { packEvent } from './pack-event.ts';
import type { PackedEvent, Urgency } from './page.ts';
import { type Fault, parseMessage } from './parse-events.ts';
import { type QueuedMessage, unwrapReturned } from './poison.ts';

interface Deps {
  readonly subscriptionsOf: (account: string) => Promise<readonly Matching[]>;
  readonly writeEvents: WriteEvents;
  readonly wakeChannel: (channel: { account: string; subscriptionId: string }, why: 'look' | 'urgent') => Promise<void>;
  readonly deadLetters: Pick<DeadLettersTable, 'put'>;
  readonly log: Log;
  readonly telemetry: Telemetry;
}

/** What became of a message: events and faults in it, channels that got some; events that nobody wanted, and how often a pause dropped one. */
export interface Received {
  readonly events: number;
  readonly faults: number;
  readonly channels: number;
  readonly unmatched: number;
  readonly dropped: number;
}

/** Events of one message for one channel. */
interface Bundle {
  readonly subscription: Matching;
  readonly urgency: Urgency;
  readonly events: PackedEvent[];
}

/** Handles one message. It fails only for what storage does; the message is then seen again, which shows nobody anything twice. */
export function createReceiveEvents({ subscriptionsOf, writeEvents, wakeChannel, deadLetters, log, telemetry }: Deps) {
  return async function receiveEvents(queued: QueuedMessage): Promise<Received> {
    const message = unwrapReturned(queued);
    const { events, faults } = parseMessage(message.body);
    const bundles = new Map<string, Bundle>();
    const counts = { unmatched: 0, dropped: 0 };
    for (const event of events) {
      const matches = (await subscriptionsOf(event.account)).map((subscription) => ({
        subscription,
        match: matchEvent(event, subscription),
      }));
      const wanted = matches.filter(({ match }) => match !== 'no');
      if (wanted.length === 0) counts.unmatched += 1;
      const packed = wanted.length === 0 ? undefined : packEvent(event);
      for (const { subscription, match } of wanted) {
        if (match === 'dropped') counts.dropped += 1;
        else if (match !== 'no' && packed !== undefined) bundleOf(bundles, subscription, match).events.push(packed);
      }
    }
    await Promise.all([...[...bundles.values()].map(storeAndWake), ...faults.map((fault) => bury(message, fault))]);
    countEvents(events.length, counts, [...bundles.values()]);
    const received = { events: events.length, faults: faults.length, channels: bundles.size, ...counts };
    log.info('message received', received);
    return received;
  };

  /**
   * First the page, then the wake (rule 1): a wake before it could look too early, and none would follow. Who is told at once is
   * asked again after the page: it can take minutes to be stored, and the job that an edit to immediate hid for those who did
   * not know yet (rule 15) has come and gone by then.
   */
  async function storeAndWake({ subscription: { id, account }, urgency, events }: Bundle): Promise<void> {
    await writeEvents(id, urgency, events);
    const channel = { account, subscriptionId: id };
    if (urgency === 'urgent') return wakeChannel(channel, 'urgent');
    const now = (await subscriptionsOf(account)).find((subscription) => subscription.id === id);
    if (now?.immediate) await wakeChannel(channel, 'look');
  }

  async function bury(message: QueuedMessage, fault: Fault): Promise<void> {
    const { position, reason, payload, because, field } = fault;
    const from = { queue: 'events', messageId: message.id, insertedAt: message.insertedAt };
    await deadLetters.put({ ...from, position, because, reason, payload });
    telemetry.count('tidings.dead-letters', 1, { queue: 'events', reason: because, field });
  }

  /** Counted once all is stored: a message that failed is counted when it is seen again. */
  function countEvents(received: number, counts: { unmatched: number; dropped: number }, bundles: Bundle[]): void {
    telemetry.count('tidings.events.received', received);
    if (counts.unmatched > 0) telemetry.count('tidings.events.unmatched', counts.unmatched);
    if (counts.dropped > 0) telemetry.count('tidings.events.dropped', counts.dropped, { because: 'paused' });
    for (const { urgency, events } of bundles) telemetry.count('tidings.events.matched', events.length, { urgency });
  }
}

function bundleOf(bundles: Map<string, Bundle>, subscription: Matching, urgency: Urgency): Bundle {
  const key = `${subscription.id} ${urgency}`;
  const bundle = bundles.get(key) ?? { subscription, urgency, events: [] };
  bundles.set(key, bundle);
  return bundle;
}
