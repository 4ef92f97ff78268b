/** What may happen once: table `once`, a partition for each kind. Rows go when their time is over. */
import { odata, type TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { encodeKey, isMissing, newNonce, orUndefined, writeConfirmed } from '../platform/table-rows.ts';

const ROW_VERSION = 1;

const rowSchema = z.object({
  nonce: z.string().optional(),
  etag: z.string(),
  mark: z.string().default(''),
  until: z.string().transform(Date.parse),
});

/** What is remembered: things that happened, one-time codes, and how often someone did something lately. */
export type OnceKind = 'setup-token' | 'id-token' | 'connect' | 'code' | 'code-used' | 'limit' | 'draft-test';

/** Something that may happen once, until `until` (milliseconds since 1970); after that it must be impossible for another reason. */
export interface OnceKey {
  readonly kind: OnceKind;
  readonly key: string;
  readonly until: number;
  /** What it happened with, for a later try to compare. */
  readonly mark?: string;
}

/** The first time, or the mark that the first time left. */
export type OnceClaim = { readonly first: true } | { readonly first: false; readonly mark: string };

/** What stands under a key. `until`: milliseconds since 1970. */
export interface OnceMark {
  readonly mark: string;
  readonly until: number;
}

/** The store. */
export type OnceTable = ReturnType<typeof createOnceTable>;

/** What happened once, in `table`; every failure is the storage error itself. */
export function createOnceTable(table: TableClient) {
  async function read(kind: OnceKind, key: string) {
    const found = await orUndefined(table.getEntity(kind, encodeKey(key)));
    return found === undefined ? undefined : rowSchema.parse(found);
  }

  return {
    /** Claims a key: of all who try, at whatever time, one is the first. */
    async claim({ kind, key, until, mark = '' }: OnceKey): Promise<OnceClaim> {
      const nonce = newNonce();
      const keys = { partitionKey: kind, rowKey: encodeKey(key) };
      const row = { ...keys, v: ROW_VERSION, nonce, mark, until: new Date(until).toISOString() };
      const written = await writeConfirmed(
        nonce,
        () => table.createEntity(row),
        () => read(kind, key),
      );
      return written.done ? { first: true } : { first: false, mark: written.row?.mark ?? '' };
    },

    /** The mark under a key, and until when it stands; undefined when nothing does. */
    async find(kind: OnceKind, key: string): Promise<OnceMark | undefined> {
      const row = await read(kind, key);
      return row === undefined ? undefined : { mark: row.mark, until: row.until };
    },

    /** Puts what `to` makes of the mark that stands there, however many do so at once; undefined: it stays as it is. */
    async change(kind: OnceKind, key: string, to: (mark: string | undefined) => OnceMark | undefined): Promise<void> {
      for (;;) {
        const row = await read(kind, key);
        const next = to(row?.mark);
        if (next === undefined) return;
        const nonce = newNonce();
        const entity = {
          partitionKey: kind,
          rowKey: encodeKey(key),
          v: ROW_VERSION,
          nonce,
          mark: next.mark,
          until: new Date(next.until).toISOString(),
        };
        const write = () =>
          row === undefined ? table.createEntity(entity) : table.updateEntity(entity, 'Replace', { etag: row.etag });
        try {
          if ((await writeConfirmed(nonce, write, () => read(kind, key))).done) return;
        } catch (error) {
          if (!isMissing(error)) throw error; // removed meanwhile, since its time was over
        }
      }
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
