/**
 * Due rows at rest: table `due`, partitioned by shard and minute so that a tick reads what is due and nothing else. The row
 * key ends with the revision: an edit never writes over the row of another revision, so deleting one needs no ETag, which a
 * transaction of the SDK could not carry (`deleteEntity` in @azure/data-tables' TableTransaction takes none).
 */
import { odata, type TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { isConflict, isMissing, orUndefined } from '../platform/table-rows.ts';
import { type DueRow, duePartition, dutySchema, SHARDS, shardOf } from './due-row.ts';

const ROW_VERSION = 1;
const MAX_TRANSACTION = 100;

const rowSchema = z.object({
  v: z.literal(ROW_VERSION),
  subscriptionId: z.string(),
  account: z.string(),
  dueAt: z.string().transform(Number),
  revision: z.int(),
  duty: z.string().transform((text, context) => {
    const duty = dutySchema.safeParse(JSON.parse(text));
    if (!duty.success) context.addIssue('not a duty');
    return duty.data ?? z.NEVER;
  }),
});

/** The store of due rows. */
export type DueTable = ReturnType<typeof createDueTable>;

/** Due rows in `table`. */
export function createDueTable(table: TableClient) {
  return {
    /** Puts a row; harmless when it is there (rule 4). */
    async put(row: DueRow): Promise<void> {
      await table.upsertEntity(toEntity(row), 'Replace');
    },

    /** Rows due at `now` or earlier in one shard, oldest first. */
    async *listDue(shard: number, now: number): AsyncGenerator<DueRow> {
      const name = shard.toString(16).padStart(2, '0');
      const filter = odata`PartitionKey ge ${`${name}-`} and PartitionKey le ${duePartition(name, now)}`;
      for await (const row of table.listEntities({ queryOptions: { filter } })) yield fromEntity(row);
    },

    /** Every due row, whenever due: for `reconcile`. */
    async *listAll(): AsyncGenerator<DueRow> {
      for await (const row of table.listEntities()) yield fromEntity(row);
    },

    /** Inserts rows of one partition; a row already there stays. */
    async insertAll(rows: readonly DueRow[]): Promise<void> {
      await inTransactions(rows.map((row) => ['create', toEntity(row)]));
    },

    /** Deletes the row of one channel, minute and revision, if it is there. */
    async remove({
      subscriptionId,
      dueAt,
      revision,
    }: Pick<DueRow, 'subscriptionId' | 'dueAt' | 'revision'>): Promise<void> {
      await orUndefined(
        table.deleteEntity(duePartition(shardOf(subscriptionId), dueAt), rowKey(subscriptionId, revision)),
      );
    },

    /** Deletes rows of one partition; one that has gone stays gone. */
    async deleteAll(rows: readonly DueRow[]): Promise<void> {
      await inTransactions(rows.map((row) => ['delete', toEntity(row)]));
    },
  };

  /** A transaction that one row spoils is done again row by row: each stands for itself. */
  async function inTransactions(actions: readonly DueAction[]): Promise<void> {
    for (let from = 0; from < actions.length; from += MAX_TRANSACTION) {
      const batch = actions.slice(from, from + MAX_TRANSACTION);
      try {
        await table.submitTransaction(batch.map(([kind, entity]) => [kind, entity]));
      } catch (error) {
        if (!isConflict(error) && !isMissing(error)) throw error;
        await Promise.all(batch.map(alone));
      }
    }
  }

  async function alone([kind, entity]: DueAction): Promise<void> {
    try {
      if (kind === 'create') await table.createEntity(entity);
      else await table.deleteEntity(entity.partitionKey, entity.rowKey);
    } catch (error) {
      if (!isConflict(error) && !isMissing(error)) throw error;
    }
  }
}

type DueAction = readonly ['create' | 'delete', ReturnType<typeof toEntity>];

function toEntity({ account, subscriptionId, dueAt, revision, duty }: DueRow) {
  return {
    partitionKey: duePartition(shardOf(subscriptionId), dueAt),
    rowKey: rowKey(subscriptionId, revision),
    v: ROW_VERSION,
    subscriptionId,
    account,
    dueAt: String(dueAt),
    revision,
    duty: JSON.stringify(duty),
  };
}

function rowKey(subscriptionId: string, revision: number): string {
  return `${subscriptionId}.${revision}`;
}

function fromEntity(entity: object): DueRow {
  const { v: _, ...row } = rowSchema.parse(entity);
  return row;
}

/** The shards a tick asks. */
export const ALL_SHARDS = Array.from({ length: SHARDS }, (_, shard) => shard);
