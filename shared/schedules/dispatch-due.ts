/** Moves due rows: a job for each that is due, then the row of the next time, then the old one goes (protocol rule 3). */
import type { Clock } from '../platform/clock.ts';
import { digestJob, type JobReason } from './digest-job.ts';
import type { DigestsQueue } from './digests-queue.ts';
import { type DueRow, duePartition, nextDueAt, shardOf, spreadMs } from './due-row.ts';
import { ALL_SHARDS, type DueTable } from './due-table.ts';

/** Rows handled together: enough to fill transactions, few enough to hold in memory whatever is due. */
const BATCH = 500;
/** Jobs put at once by each of 16 shards; a storage queue takes 2,000 messages a second. */
const PARALLEL_PUTS = 4;

interface Deps {
  readonly due: DueTable;
  readonly digests: DigestsQueue;
  readonly clock: Clock;
}

/** What a tick did: rows moved, and by how much the oldest was late. */
export interface Dispatched {
  readonly rows: number;
  readonly lateMs: number;
}

/**
 * One tick. Stopping anywhere is harmless: a row that is still there puts its job again, which starts nothing twice
 * (`servedDueAt`), and a next row already there stays.
 */
export function createDispatchDue({ due, digests, clock }: Deps) {
  return async function dispatchDue(): Promise<Dispatched> {
    const now = clock.now();
    const shards = await Promise.all(ALL_SHARDS.map((shard) => dispatchShard(shard, now)));
    return {
      rows: shards.reduce((sum, { rows }) => sum + rows, 0),
      lateMs: Math.max(...shards.map(({ lateMs }) => lateMs)),
    };
  };

  async function dispatchShard(shard: number, now: number): Promise<Dispatched> {
    let rows = 0;
    let lateMs = 0;
    let batch: DueRow[] = [];
    for await (const row of due.listDue(shard, now)) {
      lateMs = Math.max(lateMs, now - row.dueAt);
      batch.push(row);
      if (batch.length < BATCH) continue;
      rows += await moveRows(batch, now);
      batch = [];
    }
    return { rows: rows + (await moveRows(batch, now)), lateMs };
  }

  /** Counted from the due time, so that a late tick makes nothing later; in real time, as queues count (rule 17). */
  function hiddenMs({ subscriptionId, dueAt, duty }: DueRow, now: number): number {
    return duty.is === 'schedule' ? Math.max(0, dueAt + spreadMs(subscriptionId) - now) / clock.rate() : 0;
  }

  async function moveRows(rows: readonly DueRow[], now: number): Promise<number> {
    const next = nextRows(rows, now);
    await forEachOf(rows, PARALLEL_PUTS, (row) =>
      digests.put(digestJob(row, reasonOf(row, next.get(keyOf(row))?.dueAt)), hiddenMs(row, now)),
    );
    for (const partition of byPartition([...next.values()])) await due.insertAll(partition);
    for (const partition of byPartition(rows)) await due.deleteAll(partition);
    return rows.length;
  }
}

const WHY = { schedule: 'due', 'pause-over': 'pause-over', probe: 'probe' } as const;

function reasonOf({ duty, dueAt, revision }: DueRow, nextDueAt: number | undefined): JobReason {
  return { why: WHY[duty.is], dueAt, revision, nextDueAt };
}

/**
 * The rows that follow, by what they follow. After a tick that stopped before it deleted, and an hour without ticks, two rows
 * of one channel are due together and have one next: a transaction that names it twice is refused, and its shard with it.
 */
function nextRows(rows: readonly DueRow[], now: number): ReadonlyMap<string, DueRow> {
  const next = new Map<string, DueRow>();
  const known = new Map<string, number | undefined>(); // many share a schedule, and a zone's time takes a while to find
  for (const row of rows) {
    const duty = JSON.stringify(row.duty);
    const dueAt = known.has(duty) ? known.get(duty) : nextDueAt(row.duty, now);
    known.set(duty, dueAt);
    if (dueAt !== undefined) next.set(keyOf(row), { ...row, dueAt });
  }
  return next;
}

/** Rows of two revisions of one channel can be due together. */
function keyOf({ subscriptionId, revision }: DueRow): string {
  return `${subscriptionId} ${revision}`;
}

function byPartition(rows: readonly DueRow[]): DueRow[][] {
  const partitions = new Map<string, DueRow[]>();
  for (const row of rows) {
    const partition = duePartition(shardOf(row.subscriptionId), row.dueAt);
    const there = partitions.get(partition);
    if (there === undefined) partitions.set(partition, [row]);
    else there.push(row);
  }
  return [...partitions.values()];
}

/** Runs `work` over `items`, at most `parallel` at a time; the first failure ends it. */
async function forEachOf<T>(items: readonly T[], parallel: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}
