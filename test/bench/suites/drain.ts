/** Draining: events a second through `receive-events`, one a message, beside a loop that only receives and deletes. */
import { benchEvent, putMessages, putSubscriptions } from '../fill.ts';
import { profiled } from '../profile.ts';
import { rateOf } from '../rate.ts';
import type { Suite } from '../suite.ts';
import { type BenchSystem, startBenchSystem } from '../system.ts';
import { runWorker } from '../worker.ts';

const MESSAGES = 2_000;
/** Ours and the floor by turns, so that both see the same machine. */
const ROUNDS = 3;

/** `drain-ratio`. */
export const drain: Suite = {
  name: 'drain',
  figures: ['drain-ratio'],
  steady: false,
  async *measure({ say }) {
    const system = await startBenchSystem();
    try {
      await putSubscriptions(system, [{ id: 'sub_1' }]);
      const rounds: { ours: number; bare: number }[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        const [ours, bare] = [await ourRate(system), await bareRate(system)];
        say(`round ${round} of ${ROUNDS}: ${ours.toFixed(0)} events/s, bare ${bare.toFixed(0)}`);
        rounds.push({ ours, bare });
      }
      const [value, floor] = [mean(rounds.map(({ ours }) => ours)), mean(rounds.map(({ bare }) => bare))];
      const figure = { value, unit: 'events/s', floor, ratio: value / floor, n: ROUNDS * MESSAGES };
      const where = () => profiled((env) => ourRate(system, env));
      yield { figure: { name: 'drain-ratio', ...figure }, where };
    } finally {
      await system.stop();
    }
  },
};

async function ourRate(system: BenchSystem, env = {}): Promise<number> {
  await fill(system);
  const rate = rateOf(queueLength(system), MESSAGES);
  const app = await system.startApp({ on: ['receive-events'], storage: 'straight', env });
  const measured = await rate;
  await app.stop();
  return measured;
}

async function bareRate(system: BenchSystem): Promise<number> {
  await fill(system);
  const rate = rateOf(queueLength(system), MESSAGES);
  const { connectionString } = system;
  await runWorker({ script: 'bare-drain.ts', input: { connectionString, queueName: 'events' } });
  return rate;
}

async function fill(system: BenchSystem): Promise<void> {
  await putMessages(
    system,
    Array.from({ length: MESSAGES }, (_, number) => [benchEvent(number)]),
  );
}

function queueLength({ storage }: BenchSystem) {
  const queue = storage.queue('events');
  return async () => (await queue.getProperties()).approximateMessagesCount ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
