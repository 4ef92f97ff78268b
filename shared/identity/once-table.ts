/** What may happen once: table `once`, a partition for each kind. Rows go when their time is over. */
import { odata, type TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { encodeKey, newNonce, orUndefined, writeConfirmed } from '../platform/table-rows.ts';

const ROW_VERSION = 1;

const rowSchema = z.object({
  nonce: z.string().optional(),
  etag: z.string(),
  mark: z.string().default(''),
});

/** Something that may happen once, until `until` (milliseconds since 1970); after that it must be impossible for another reason. */
export interface OnceKey {
  readonly kind: 'setup-token' | 'connect';
  readonly key: string;
  readonly until: number;
  /** What it happened with, for a later try to compare. */
  readonly mark?: string;
}

/** The first time, or the mark that the first time left. */
export type OnceClaim = { readonly first: true } | { readonly first: false; readonly mark: string };

/** The store. */
export type OnceTable = ReturnType<typeof createOnceTable>;

/** What happened once, in `table`; every failure is the storage error itself. */
export function createOnceTable(table: TableClient) {
  return {
    /** Claims a key: of all who try, at whatever time, one is the first. */
    async claim({ kind, key, until, mark = '' }: OnceKey): Promise<OnceClaim> {
      const nonce = newNonce();
      const keys = { partitionKey: kind, rowKey: encodeKey(key) };
      const row = { ...keys, v: ROW_VERSION, nonce, mark, until: new Date(until).toISOString() };
      const written = await writeConfirmed(
        nonce,
        () => table.createEntity(row),
        async () => {
          const found = await orUndefined(table.getEntity(keys.partitionKey, keys.rowKey));
          return found === undefined ? undefined : rowSchema.parse(found);
        },
      );
      return written.done ? { first: true } : { first: false, mark: written.row?.mark ?? '' };
    },

    /** Removes what is over at `now`; for `reconcile`. */
    async removeOver(now: number): Promise<void> {
      const queryOptions = {
        filter: odata`until lt ${new Date(now).toISOString()}`,
        select: ['PartitionKey', 'RowKey'],
      };
      for await (const { partitionKey, rowKey } of table.listEntities({ queryOptions })) {
        if (partitionKey !== undefined && rowKey !== undefined)
          await orUndefined(table.deleteEntity(partitionKey, rowKey));
      }
    },
  };
}
