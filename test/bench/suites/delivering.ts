/** Delivering: digests a second of one process, beside the same calls bare; and what it asks the vault meanwhile. */
import { digestJob } from '../../../shared/schedules/digest-job.ts';
import { createDigestsQueue } from '../../../shared/schedules/digests-queue.ts';
import { benchEvent, dailyAt, inParallel, minuteAgo, putPages, putSubscriptions } from '../fill.ts';
import { profiled } from '../profile.ts';
import { rateOf } from '../rate.ts';
import type { Suite } from '../suite.ts';
import { type BenchSystem, startBenchSystem } from '../system.ts';
import { runWorker } from '../worker.ts';

const DIGESTS = 1_000;
const EVENTS = 20;
const AT_ONCE = 32;

/** `digests-ratio` and `vault-ops-per-delivery`. */
export const delivering: Suite = {
  name: 'delivering',
  figures: ['digests-ratio', 'vault-ops-per-delivery'],
  steady: false,
  async *measure({ say }) {
    const system = await startBenchSystem();
    try {
      say(`${DIGESTS} digests of ${EVENTS} events`);
      const before = system.vaultRequests();
      const value = await ourRate(system, 'ours');
      const asked = system.vaultRequests() - before;
      say('the same calls, bare');
      const floor = await bareRate(system);
      yield {
        figure: { name: 'digests-ratio', value, unit: 'digests/s', floor, ratio: value / floor, n: DIGESTS },
        where: () => profiled((env) => ourRate(system, 'profiled', env)),
      };
      yield {
        figure: { name: 'vault-ops-per-delivery', value: asked / DIGESTS, unit: 'operations', n: DIGESTS },
        where: async () => [`${asked} requests`],
      };
    } finally {
      await system.stop();
    }
  },
};

async function ourRate(system: BenchSystem, name: string, env = {}): Promise<number> {
  const ids = await fill(system, name);
  const jobs = createDigestsQueue(system.storage.queue('digests'));
  const job = { why: 'due', dueAt: minuteAgo(2), revision: 1 } as const;
  await inParallel(ids, AT_ONCE, (subscriptionId) => jobs.put(digestJob({ account: 'acme', subscriptionId }, job)));
  const rate = rateOf(cardsLeft(system), DIGESTS);
  const app = await system.startApp({ on: ['send-digest'], storage: 'straight', env });
  const measured = await rate;
  await app.stop();
  return measured;
}

/** Its jobs are on a queue that nothing of ours reads. */
async function bareRate(system: BenchSystem): Promise<number> {
  const ids = await fill(system, 'bare');
  const queue = system.storage.queue('connector-events');
  await inParallel(ids, AT_ONCE, (id) => queue.sendMessage(id));
  const rate = rateOf(cardsLeft(system), DIGESTS);
  const { connectionString, sink } = system;
  await runWorker({
    script: 'bare-digests.ts',
    input: { connectionString, queueName: queue.name, origin: sink.origin },
  });
  return rate;
}

async function fill(system: BenchSystem, name: string): Promise<string[]> {
  const ids = Array.from({ length: DIGESTS }, (_, number) => `sub_${name}_${number}`);
  const schedule = dailyAt(minuteAgo(2));
  await putSubscriptions(
    system,
    ids.map((id) => ({ id, schedule })),
  );
  await putPages(
    system,
    ids,
    Array.from({ length: EVENTS }, (_, number) => benchEvent(number)),
  );
  return ids;
}

function cardsLeft({ sink }: BenchSystem): () => Promise<number> {
  const all = sink.total() + DIGESTS;
  return async () => all - sink.total();
}
