/** Heads at rest: the row `!head` of an inbox, written together with its pages in one transaction. */
import { odata, type TableClient, type TransactionAction } from '@azure/data-tables';
import { z } from 'zod';
import { isConflict, newNonce, orUndefined } from '../platform/table-rows.ts';
import { type Head, headSchema, NEW_HEAD } from './head.ts';

const ROW_VERSION = 1;
const HEAD_KEY = '!head';
const SLOT_BYTES = 6; // a millisecond instant until the year 10889

const rowSchema = z.object({
  v: z.literal(ROW_VERSION),
  state: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(headSchema),
  slots: z.instanceof(Uint8Array).optional(),
  nonce: z.string(),
  etag: z.string(),
});

/** A head as read; `etag` is undefined when there is no row yet. */
export interface StoredHead {
  readonly head: Head;
  readonly etag: string | undefined;
  readonly nonce?: string | undefined;
}

/** What to write on a page together with the head: who claimed it, and what is left out. */
export interface PageClaim {
  readonly key: string;
  /** Undefined: open again. */
  readonly digestId: string | undefined;
  readonly skip: Uint8Array | undefined;
}

/** What became of a write of the head: `stored` is what stands there instead when it was refused. */
export type HeadWritten =
  | { readonly done: true; readonly stored: StoredHead }
  | { readonly done: false; readonly stored: StoredHead };

/** The store of heads. */
export type HeadTable = ReturnType<typeof createHeadTable>;

/** Heads in `table`, the same one as the pages'. */
export function createHeadTable(table: TableClient) {
  async function read(subscriptionId: string): Promise<StoredHead> {
    const row = await orUndefined(table.getEntity(subscriptionId, HEAD_KEY));
    return row === undefined ? { head: NEW_HEAD, etag: undefined } : fromRow(row);
  }

  return {
    read,

    /**
     * Writes the head, and the claims on at most 99 pages with it, if it is as it was read; all or nothing. Refused, it
     * tells what stands there; a write that meets itself was done (rule 20).
     */
    async write(
      subscriptionId: string,
      head: Head,
      etag: string | undefined,
      claims: readonly PageClaim[] = [],
    ): Promise<HeadWritten> {
      const nonce = newNonce();
      const row = toRow(subscriptionId, head, nonce);
      try {
        const written = claims.length === 0 ? await writeAlone(row, etag) : await writeTogether(row, etag, claims);
        if (written !== undefined) return { done: true, stored: { head, etag: written, nonce } };
      } catch (error) {
        if (!isConflict(error)) throw error;
      }
      const stored = await read(subscriptionId);
      return { done: stored.nonce === nonce, stored };
    },

    /** Every channel's head. */
    async *list(): AsyncGenerator<{ readonly subscriptionId: string; readonly head: Head }> {
      for await (const row of table.listEntities({ queryOptions: { filter: odata`RowKey eq ${HEAD_KEY}` } }))
        yield { subscriptionId: String(row.partitionKey), head: fromRow(row).head };
    },

    /** Deletes the head of a removed subscription. */
    async remove(subscriptionId: string): Promise<void> {
      await orUndefined(table.deleteEntity(subscriptionId, HEAD_KEY));
    },
  };

  async function writeAlone(row: HeadRow, etag: string | undefined): Promise<string | undefined> {
    const answer =
      etag === undefined ? await table.createEntity(row) : await table.updateEntity(row, 'Replace', { etag });
    return answer.etag;
  }

  /**
   * The head goes first, so its ETag is the first answer's, less the carriage return that the SDK leaves on it. Were it
   * another row's, the next write would be refused and the head read again.
   */
  async function writeTogether(
    row: HeadRow,
    etag: string | undefined,
    claims: readonly PageClaim[],
  ): Promise<string | undefined> {
    const head: TransactionAction = etag === undefined ? ['create', row] : ['update', row, 'Replace', { etag }];
    const pages = claims.map(
      ({ key, digestId, skip }): TransactionAction => [
        'update',
        { partitionKey: row.partitionKey, rowKey: key, digestId: digestId ?? '', skip: skip ?? new Uint8Array() },
        'Merge',
      ],
    );
    const { subResponses } = await table.submitTransaction([head, ...pages]);
    return subResponses[0]?.etag?.trim();
  }
}

type HeadRow = ReturnType<typeof toRow>;

function toRow(subscriptionId: string, { slots, ...state }: Head, nonce: string) {
  const bytes = Buffer.alloc(slots.length * SLOT_BYTES);
  for (const [index, slot] of slots.entries()) bytes.writeUIntBE(slot, index * SLOT_BYTES, SLOT_BYTES);
  return {
    partitionKey: subscriptionId,
    rowKey: HEAD_KEY,
    v: ROW_VERSION,
    nonce,
    state: JSON.stringify(state),
    slots: bytes,
  };
}

function fromRow(row: object): StoredHead {
  const { state, slots, nonce, etag } = rowSchema.parse(row);
  const bytes = Buffer.from(slots ?? []);
  const times = Array.from({ length: bytes.length / SLOT_BYTES }, (_, index) =>
    bytes.readUIntBE(index * SLOT_BYTES, SLOT_BYTES),
  );
  return { head: { ...state, slots: times }, etag, nonce };
}
