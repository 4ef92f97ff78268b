/** One digest: its storage operations from due row to delivered. */
import { type Counts, listed, total } from '../counts.ts';
import { benchEvent, dailyAt, dueRow, minuteAgo, putDueRows, putPages, putSubscriptions } from '../fill.ts';
import type { Run, Suite } from '../suite.ts';
import { type BenchSystem, startBenchSystem } from '../system.ts';
import { until } from '../wait.ts';

/** How many are counted. */
export const DIGESTS = 10;
/** A hundred events, as they come in messages of forty. */
const PAGES = [40, 40, 20];
const LIMIT_MS = 5 * 60_000;

/** `digest-ops-100`. */
export const digest: Suite = {
  name: 'digest',
  figures: ['digest-ops-100'],
  steady: true,
  async *measure({ say }) {
    const counts = await countDigests(say);
    yield {
      figure: { name: 'digest-ops-100', value: total(counts) / DIGESTS, unit: 'operations', n: DIGESTS },
      where: async () => listed(counts, DIGESTS),
    };
  },
};

/** What `DIGESTS` digests of a hundred events took, one after another. */
export async function countDigests(say: Run['say']): Promise<Counts> {
  say(`${DIGESTS} digests of 100 events, one after another`);
  const system = await startBenchSystem();
  try {
    await system.startApp({ on: ['send-digest'], storage: 'counted' });
    const all = new Map<string, number>();
    for (let number = 0; number < DIGESTS; number++) addTo(all, await countOne(system, `sub_${number}`));
    return asOneQuery(all);
  } finally {
    await system.stop();
  }
}

/** Two minutes ago: so that the job shows at once, and not somewhere in the minute over which jobs are spread. */
async function countOne(system: BenchSystem, id: string): Promise<Counts> {
  const { proxy, sink } = system;
  const dueAt = minuteAgo(2);
  await putSubscriptions(system, [{ id, schedule: dailyAt(dueAt) }]);
  let number = 0;
  for (const events of PAGES)
    await putPages(
      system,
      [id],
      Array.from({ length: events }, () => benchEvent(number++)),
    );
  await putDueRows(system, [dueRow(id, dueAt)]);
  const [app] = system.apps;
  proxy.take();
  await app?.runNow('dispatch-due');
  await until('the digest', LIMIT_MS, () => sink.cards.has(`/${id}`) && proxy.count('queue digests delete') === 1);
  return proxy.take();
}

function addTo(sum: Map<string, number>, counts: Counts): void {
  for (const [kind, count] of counts) sum.set(kind, (sum.get(kind) ?? 0) + count);
}

/** A tick asks every shard what is due, whatever is: for one digest among many that is one query. */
function asOneQuery(counts: Counts): Counts {
  return new Map([...counts].map(([kind, count]) => [kind, kind === 'table due query' ? DIGESTS : count]));
}
