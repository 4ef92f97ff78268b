/** What an event costs in CPU: `receive-events` at forty a message, one after another, so that no page serves two messages. */
import { z } from 'zod';
import { putSubscriptions } from '../fill.ts';
import { profiled } from '../profile.ts';
import type { Suite } from '../suite.ts';
import { type BenchSystem, startBenchSystem } from '../system.ts';
import { runWorker } from '../worker.ts';

const PER_MESSAGE = 40;
const WARM_UP = 300;
const MESSAGES = 1_000;

const answer = z.object({ cpuUs: z.number(), wallMs: z.number() });

/** `cpu-us-per-event`. */
export const cpu: Suite = {
  name: 'cpu',
  figures: ['cpu-us-per-event'],
  steady: false,
  async *measure({ say }) {
    say(`${MESSAGES} messages of ${PER_MESSAGE} events`);
    const system = await startBenchSystem();
    try {
      await putSubscriptions(system, [{ id: 'sub_1' }]);
      const { cpuUs } = await receive(system);
      const n = MESSAGES * PER_MESSAGE;
      yield {
        figure: { name: 'cpu-us-per-event', value: cpuUs / n, unit: 'µs', n },
        where: () => profiled((env) => receive(system, env)),
      };
    } finally {
      await system.stop();
    }
  },
};

async function receive({ settings, connectionString }: BenchSystem, env = {}) {
  const input = { perMessage: PER_MESSAGE, warmUp: WARM_UP, messages: MESSAGES };
  const surroundings = { ...settings, AzureWebJobsStorage: connectionString, ...env };
  return answer.parse(await runWorker({ script: 'receive-cpu.ts', input, env: surroundings }));
}
