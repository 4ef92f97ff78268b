/** Answers at rest: an outbox in table `once`, from `pending` to `sent`. One row an answer, kept as long as its card can be pressed. */
import { odata, type TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { ANSWERS_MS } from '../platform/retention.ts';
import { newNonce, orUndefined, type Written, writeConfirmed } from '../platform/table-rows.ts';
import { type Act, actSchema } from './act.ts';

const ROW_VERSION = 1;
const PARTITION = 'action';

const rowSchema = z.object({
  rowKey: z.string(),
  etag: z.string(),
  nonce: z.string(),
  state: z.enum(['pending', 'sent']),
  triedAt: z.string().transform(Number),
  act: z
    .instanceof(Uint8Array)
    .transform((bytes): unknown => JSON.parse(Buffer.from(bytes).toString('utf8')))
    .pipe(actSchema),
});

/** An answer as stored. `triedAt`: when somebody last began to tell of it, by the machine's own clock; 0: it failed. */
export interface StoredAct {
  readonly key: string;
  readonly act: Act;
  readonly state: 'pending' | 'sent';
  readonly triedAt: number;
  readonly etag: string;
  readonly nonce?: string | undefined;
}

/** The outbox. */
export type ActsTable = ReturnType<typeof createActsTable>;

/** Answers in `table`; every failure is the storage error itself. */
export function createActsTable(table: TableClient) {
  async function read(key: string): Promise<StoredAct | undefined> {
    const row = await orUndefined(table.getEntity(PARTITION, key));
    return row === undefined ? undefined : toStored(row);
  }

  async function* list(filter: string): AsyncGenerator<StoredAct> {
    for await (const row of table.listEntities({ queryOptions: { filter } })) yield toStored(row);
  }

  return {
    read,

    /** Inserts an answer as `pending`; refused with the row that is there when it was given before. */
    async insert(key: string, act: Act, triedAt: number): Promise<Written<StoredAct>> {
      const nonce = newNonce();
      const row = {
        partitionKey: PARTITION,
        rowKey: key,
        v: ROW_VERSION,
        nonce,
        state: 'pending',
        triedAt: String(triedAt),
        until: new Date(act.at + ANSWERS_MS).toISOString(), // `OnceTable.removeOver` goes by it
        act: Buffer.from(JSON.stringify(act)), // binary holds 64 KiB, a string half of that
      };
      return writeConfirmed(
        nonce,
        () => table.createEntity(row),
        () => read(key),
      );
    },

    /** Changes what is known of telling; refused when somebody else changed it. */
    async mark(
      { key, etag }: Pick<StoredAct, 'key' | 'etag'>,
      change: { readonly state?: 'sent'; readonly triedAt?: number },
    ): Promise<Written<StoredAct>> {
      const nonce = newNonce();
      const { state, triedAt } = change;
      const row = {
        partitionKey: PARTITION,
        rowKey: key,
        nonce,
        ...(state === undefined ? {} : { state }),
        ...(triedAt === undefined ? {} : { triedAt: String(triedAt) }),
      };
      return writeConfirmed(
        nonce,
        () => table.updateEntity(row, 'Merge', { etag }),
        () => read(key),
      );
    },

    /** Every answer to a digest. */
    async listOfDigest(digest: string): Promise<readonly StoredAct[]> {
      const found: StoredAct[] = [];
      const filter = odata`PartitionKey eq ${PARTITION} and RowKey ge ${`${digest}.`} and RowKey lt ${`${digest}/`}`;
      for await (const stored of list(filter)) found.push(stored);
      return found;
    },

    /** Every answer to a subscription's cards. */
    async listOfSubscription(subscriptionId: string): Promise<readonly StoredAct[]> {
      const found: StoredAct[] = [];
      for await (const stored of list(filterOf(subscriptionId))) found.push(stored);
      return found;
    },

    /** Answers that nobody was told of yet. */
    listPending: () => list(odata`PartitionKey eq ${PARTITION} and state eq 'pending'`),

    /** Forgets every answer to a subscription's cards. */
    async removeOf(subscriptionId: string): Promise<void> {
      const queryOptions = { filter: filterOf(subscriptionId), select: ['RowKey'] };
      for await (const { rowKey } of table.listEntities({ queryOptions }))
        if (rowKey !== undefined) await orUndefined(table.deleteEntity(PARTITION, rowKey));
    },
  };
}

function filterOf(subscriptionId: string): string {
  return odata`PartitionKey eq ${PARTITION} and RowKey ge ${`${subscriptionId}_`} and RowKey lt ${`${subscriptionId}~`}`;
}

function toStored(row: object): StoredAct {
  const { rowKey, ...rest } = rowSchema.parse(row);
  return { key: rowKey, ...rest };
}
