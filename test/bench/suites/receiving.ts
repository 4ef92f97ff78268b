/** Receiving: what a message of events costs in queue and table operations. */
import { type Counts, listed, total } from '../counts.ts';
import type { Measured } from '../figure.ts';
import { benchEvent, putMessages, putSubscriptions } from '../fill.ts';
import type { Run, Suite } from '../suite.ts';
import { type BenchSystem, startBenchSystem } from '../system.ts';
import { until } from '../wait.ts';

const EVENTS = 4_000;
const LIMIT_MS = 10 * 60_000;

/** `queue-ops-per-event-*` and `table-ops-per-event-*`. */
export const receiving: Suite = {
  name: 'receiving',
  figures: [
    'queue-ops-per-event-m1',
    'table-ops-per-event-m1-hot',
    'queue-ops-per-event-m40',
    'table-ops-per-event-m40-k3',
  ],
  steady: true,
  async *measure(run) {
    const ones = await drained(run, { perMessage: 1, subscriptions: 1 });
    yield perEvent('queue-ops-per-event-m1', ones, 'queue');
    yield perEvent('table-ops-per-event-m1-hot', ones, 'table');
    const forties = await drained(run, { perMessage: 40, subscriptions: 3 });
    yield perEvent('queue-ops-per-event-m40', forties, 'queue');
    yield perEvent('table-ops-per-event-m40-k3', forties, 'table');
  },
};

/** Operations counted while events were received. */
export interface Drained {
  readonly events: number;
  readonly counts: Counts;
}

/** What receiving events took, on the wire. All messages wait before the app starts, so that as many are in flight as `host.json` allows. */
export async function drained(
  { say, short }: Run,
  { perMessage, subscriptions }: { perMessage: number; subscriptions: number },
): Promise<Drained> {
  const events = short ? EVENTS / 4 : EVENTS;
  say(`${events} events, ${perMessage} a message, ${subscriptions} matching`);
  const system = await startBenchSystem();
  try {
    await putSubscriptions(
      system,
      Array.from({ length: subscriptions }, (_, number) => ({ id: `sub_${number}` })),
    );
    const messages = Array.from({ length: events / perMessage }, (_, message) =>
      Array.from({ length: perMessage }, (_, event) => benchEvent(message * perMessage + event)),
    );
    await putMessages(system, messages);
    return { events, counts: await drainMessages(system, messages.length) };
  } finally {
    await system.stop();
  }
}

async function drainMessages(system: BenchSystem, messages: number): Promise<Counts> {
  await system.startApp({ on: ['receive-events'], storage: 'counted' });
  await until('every message deleted', LIMIT_MS, () => system.proxy.count('queue events delete') >= messages);
  return system.proxy.take();
}

function perEvent(name: string, { counts, events }: Drained, service: 'queue' | 'table'): Measured {
  const value = total(counts, (kind) => kind.startsWith(service)) / events;
  return { figure: { name, value, unit: 'operations', n: events }, where: async () => listed(counts, events) };
}
