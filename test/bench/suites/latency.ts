/** From an event on the queue to the POST, for a channel that is told at once, while nothing else goes on. */
import { setTimeout } from 'node:timers/promises';
import { benchEvent, putMessages, putSubscriptions } from '../fill.ts';
import type { Suite } from '../suite.ts';
import { startBenchSystem } from '../system.ts';

const SAMPLES = 40;
/** Long enough that both queues' polls are as far apart as they get; not a multiple of them. */
const QUIET_MS = 3_000;

/** `immediate-latency-p95-ms`. */
export const latency: Suite = {
  name: 'latency',
  figures: ['immediate-latency-p95-ms'],
  steady: false,
  async *measure({ say }) {
    say(`${SAMPLES} events, one after another`);
    const system = await startBenchSystem();
    try {
      // A channel each: one that was told within the last five seconds is told a little later.
      const names = Array.from({ length: SAMPLES + 1 }, (_, number) => `sub_${number}`);
      await putSubscriptions(
        system,
        names.map((id) => ({ id, account: id, schedule: { every: 'now' as const } })),
      );
      await system.startApp({ on: ['receive-events', 'send-digest'], storage: 'straight' });
      const times: number[] = [];
      for (const [number, account] of names.entries()) {
        await setTimeout(number === 0 ? 0 : QUIET_MS + Math.random() * 1_000);
        const [card, from] = [system.sink.next(), performance.now()];
        await putMessages(system, [[benchEvent(number, account)]]);
        times.push((await card).at - from);
      }
      const sorted = times.slice(1).sort((a, b) => a - b); // the first one loads the code
      const value = sorted[Math.ceil(0.95 * SAMPLES) - 1] ?? Number.NaN;
      yield {
        figure: { name: 'immediate-latency-p95-ms', value: Math.round(value), unit: 'ms', n: SAMPLES },
        where: async () => [`all, in ms: ${sorted.map(Math.round).join(' ')}`],
      };
    } finally {
      await system.stop();
    }
  },
};
