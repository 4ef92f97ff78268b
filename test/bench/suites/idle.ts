/** What a month costs in which nothing happens: what the timers do, and what an instance that stays awake asks its queues. */
import { setTimeout } from 'node:timers/promises';
import { type Counts, listed, total } from '../counts.ts';
import { isEmptyPoll } from '../operations.ts';
import { PRICES, SECONDS_A_MONTH, usdOfInstances } from '../prices.ts';
import type { Suite } from '../suite.ts';
import { type BenchSystem, startBenchSystem } from '../system.ts';

const AWAKE_S = 20;
/** How often each timer goes off in an hour. */
const AN_HOUR = { 'dispatch-due': 60, reconcile: 1 } as const;
const EVERY_QUEUE = ['receive-events', 'send-digest', 'events-poison', 'digests-poison'];

/** `usd-idle-month`: queues that sleep; `usd-idle-month-polling`: beside it, where an instance of each queue's function is always up. */
export const idle: Suite = {
  name: 'idle',
  figures: ['usd-idle-month', 'usd-idle-month-polling'],
  steady: false,
  async *measure({ say }) {
    const system = await startBenchSystem();
    try {
      say('a tick and a look at what was left behind, with nothing to do');
      const hour = await anHour(system);
      const hours = SECONDS_A_MONTH / 3_600;
      const value = hours * usdOf(hour) + timers();
      yield {
        figure: { name: 'usd-idle-month', value, unit: 'USD', n: total(hour) },
        where: async () => listed(hour, 1),
      };
      say(`${AWAKE_S} s awake with nothing on the queues`);
      const polls = await pollsASecond(system);
      yield {
        figure: {
          name: 'usd-idle-month-polling',
          value: polls * SECONDS_A_MONTH * PRICES.queueOperation,
          unit: 'USD',
          n: Math.round(polls * AWAKE_S),
        },
        where: async () => [],
      };
    } finally {
      await system.stop();
    }
  },
};

/** Operations of all that timers do in an hour, counted once each. */
async function anHour(system: BenchSystem): Promise<Counts> {
  const app = await system.startApp({ on: [], storage: 'counted' });
  const sum = new Map<string, number>();
  for (const [name, times] of Object.entries(AN_HOUR)) {
    system.proxy.take();
    await app.runNow(name);
    for (const [kind, count] of system.proxy.take()) {
      // Locks of timers and the host's own blobs are Azure's to keep, and differ there.
      if (!kind.startsWith('blob')) sum.set(kind, (sum.get(kind) ?? 0) + times * count);
    }
  }
  await app.stop();
  return sum;
}

function usdOf(counts: Counts): number {
  const queue = total(counts, (kind) => kind.startsWith('queue')) * PRICES.queueOperation;
  return queue + total(counts, (kind) => kind.startsWith('table')) * PRICES.tableOperation;
}

/** A month of executions and of the instances that they wake: each has its own, a second at least. */
function timers(): number {
  return Object.values(AN_HOUR).reduce((sum, times) => {
    const rate = times / 3_600;
    return sum + usdOfInstances(rate, 0) + rate * SECONDS_A_MONTH * PRICES.execution;
  }, 0);
}

async function pollsASecond(system: BenchSystem): Promise<number> {
  const app = await system.startApp({ on: EVERY_QUEUE, storage: 'counted' });
  await setTimeout(5_000); // until polls are as far apart as they get
  system.proxy.take();
  await setTimeout(AWAKE_S * 1_000);
  const polls = [...system.proxy.take()]
    .filter(([kind]) => isEmptyPoll(kind))
    .reduce((sum, [, count]) => sum + count, 0);
  await app.stop();
  return polls / AWAKE_S;
}
