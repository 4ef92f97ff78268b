/** What an event costs in CPU: `receive-events` at forty a message, one after another, so that no page serves two messages. */
import { z } from 'zod';
import { putSubscriptions } from '../fill.ts';
import { profiled } from '../profile.ts';
import type { Suite } from '../suite.ts';
import { type BenchSystem, startBenchSystem } from '../system.ts';
import { runWorker } from '../worker.ts';

const PER_MESSAGE = 40;
/** The first ones load the code; the next ones run while the SDK, called once a message, is still being compiled. */
const FIRST = 300;
const EARLY = 1_000;
const WARM_UP = 3_000;
const MESSAGES = 2_000;

/** Microseconds of CPU of an event. */
const answer = z.object({ early: z.number(), warm: z.number() });

/** `cpu-us-per-event`, and beside it what an event costs in a process that has just begun. */
export const cpu: Suite = {
  name: 'cpu',
  figures: ['cpu-us-per-event', 'cpu-us-per-event-early'],
  steady: false,
  async *measure({ say }) {
    say(`${MESSAGES} messages of ${PER_MESSAGE} events`);
    const system = await startBenchSystem();
    try {
      await putSubscriptions(system, [{ id: 'sub_1' }]);
      const { early, warm } = await receive(system);
      const where = () => profiled((env) => receive(system, env));
      yield { figure: { name: 'cpu-us-per-event', value: warm, unit: 'µs', n: MESSAGES * PER_MESSAGE }, where };
      yield { figure: { name: 'cpu-us-per-event-early', value: early, unit: 'µs', n: EARLY * PER_MESSAGE }, where };
    } finally {
      await system.stop();
    }
  },
};

async function receive({ settings, connectionString }: BenchSystem, env = {}) {
  const input = { perMessage: PER_MESSAGE, first: FIRST, early: EARLY, warmUp: WARM_UP, messages: MESSAGES };
  const surroundings = { ...settings, AzureWebJobsStorage: connectionString, ...env };
  return answer.parse(await runWorker({ script: 'receive-cpu.ts', input, env: surroundings }));
}
