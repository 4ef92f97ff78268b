/** Pages at rest: table `inbox`, one partition per subscription. A page is inserted once and never appended to (protocol rule 1). */
import { odata, type TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { newNonce, orUndefined, within, writeConfirmed } from '../platform/table-rows.ts';
import { firstKeyAt, MAX_PAGE_EVENTS, PAGES_AT_ONCE, type PackedEvent, type Page, type Urgency } from './page.ts';

const ROW_VERSION = 1;
/** Keys of pages begin with a digit; the head's `!head` sorts before them. */
const AFTER_LAST_KEY = ':';
/** A write that has not ended by then fails: a freeze looks back 10 minutes for late ones (rule 8), clocks differ by one. */
const WRITE_ENDS_MS = 4 * 60_000;

const bytes = z.instanceof(Uint8Array);
const rowSchema = z.object({
  v: z.literal(ROW_VERSION),
  rowKey: z.string(),
  digestId: z.string(),
  urgency: z.enum(['ordinary', 'urgent']),
  count: z.int().min(0).max(MAX_PAGE_EVENTS), // read as how far to go: a wrong one would be gone through for ever
  skip: bytes.optional(),
  identities: bytes,
  events: bytes,
});

/** Which pages of a channel to read: those of one digest, or the open ones. */
export interface PageRange {
  readonly subscriptionId: string;
  /** Undefined: open pages. */
  readonly digestId?: string | undefined;
  /** Only urgent pages; default: all. */
  readonly urgency?: Urgency | undefined;
  /** The first key, by time in ms since 1970 or the key itself. */
  readonly from: number | string;
  /** The last key; default: no end. */
  readonly to?: string | undefined;
  /** `identities`: without the events themselves. */
  readonly columns?: 'all' | 'identities';
  /** Pages in one answer of the table; default: as many as are handled together. */
  readonly atOnce?: number;
}

/** The store of pages. */
export type InboxTable = ReturnType<typeof createInboxTable>;

/** Pages in `table`. */
export function createInboxTable(table: TableClient) {
  return {
    /** Inserts a page of events that are already packed and fit. An insert that meets itself succeeded (rule 20). */
    async insertPage(
      subscriptionId: string,
      key: string,
      urgency: Urgency,
      events: readonly PackedEvent[],
    ): Promise<void> {
      const nonce = newNonce();
      const row = {
        partitionKey: subscriptionId,
        rowKey: key,
        v: ROW_VERSION,
        nonce,
        digestId: '', // empty, not absent: a query can ask for open pages
        urgency,
        count: events.length,
        identities: Buffer.concat(events.map(({ identity }) => identity)),
        events: Buffer.from(`[${events.map(({ json }) => json).join(',')}]`),
      };
      const written = await writeConfirmed(
        nonce,
        () => within(WRITE_ENDS_MS, (abortSignal) => table.createEntity(row, { abortSignal })),
        async () => readNonce(subscriptionId, key),
      );
      if (!written.done) throw new Error('a page of this key is already there'); // two processes with one id
    },

    /** Pages in order of their keys, streamed. */
    async *listPages(range: PageRange): AsyncGenerator<Page> {
      for await (const rows of table
        .listEntities({ queryOptions: { filter: filterOf(range), ...selectOf(range) } })
        .byPage({ maxPageSize: range.atOnce ?? PAGES_AT_ONCE })) {
        for (const row of rows) yield toPage(row);
      }
    },

    /** Pages written before an instant, open or not, without their events. */
    async *listOld(subscriptionId: string, before: number): AsyncGenerator<Page> {
      const last = before >= 1e13 ? AFTER_LAST_KEY : firstKeyAt(before);
      const filter = odata`PartitionKey eq ${subscriptionId} and RowKey ge ${firstKeyAt(0)} and RowKey lt ${last}`;
      yield* listStored(filter);
    },

    /** Every page, open or claimed, oldest first, with the identities of its events and without the events. */
    async *listEvery(subscriptionId: string): AsyncGenerator<Page> {
      const filter = odata`PartitionKey eq ${subscriptionId} and RowKey ge ${firstKeyAt(0)} and RowKey lt ${AFTER_LAST_KEY}`;
      for await (const row of table.listEntities({ queryOptions: { filter, ...selectOf({ columns: 'identities' }) } }))
        yield toPage(row);
    },

    /** One page, whole; undefined when it is not there. */
    async readPage(subscriptionId: string, key: string): Promise<Page | undefined> {
      const row = await orUndefined(table.getEntity(subscriptionId, key));
      return row === undefined ? undefined : toPage(row);
    },

    /** How many events each open page of every channel holds. */
    async *listEveryOpen(): AsyncGenerator<{ readonly subscriptionId: string; readonly count: number }> {
      const filter = odata`RowKey ge ${firstKeyAt(0)} and RowKey lt ${AFTER_LAST_KEY} and digestId eq ${''}`;
      const queryOptions = { filter, select: ['PartitionKey', 'count'] };
      for await (const row of table.listEntities<{ count: number }>({ queryOptions }))
        yield { subscriptionId: String(row.partitionKey), count: row.count };
    },

    /** Open pages, oldest first, without their events. */
    async *listOpen(subscriptionId: string): AsyncGenerator<Page> {
      yield* listStored(filterOf({ subscriptionId, from: 0 }));
    },

    /** Deletes a page whose time is over, if it is there. */
    async deletePage(subscriptionId: string, key: string): Promise<void> {
      await orUndefined(table.deleteEntity(subscriptionId, key));
    },
  };

  async function* listStored(filter: string): AsyncGenerator<Page> {
    const queryOptions = { filter, select: COUNTS };
    for await (const row of table.listEntities({ queryOptions }))
      yield toPage({ identities: new Uint8Array(), ...row });
  }

  async function readNonce(subscriptionId: string, key: string) {
    const row = await orUndefined(
      table.getEntity<{ nonce?: string }>(subscriptionId, key, { queryOptions: { select: ['nonce'] } }),
    );
    return row === undefined ? undefined : { nonce: row.nonce, etag: row.etag };
  }
}

function filterOf({ subscriptionId, digestId, urgency, from, to }: PageRange): string {
  const first = typeof from === 'number' ? firstKeyAt(from) : from;
  const end = to === undefined ? odata`RowKey lt ${AFTER_LAST_KEY}` : odata`RowKey le ${to}`;
  const filter = odata`PartitionKey eq ${subscriptionId} and RowKey ge ${first} and digestId eq ${digestId ?? ''}`;
  return `${filter} and ${end}${urgency === undefined ? '' : odata` and urgency eq ${urgency}`}`;
}

/** What retention needs to know: 16 bytes an event of identities are not. */
const COUNTS = ['RowKey', 'v', 'digestId', 'urgency', 'count'];

function selectOf({ columns }: Pick<PageRange, 'columns'>) {
  return columns === 'identities'
    ? { select: ['RowKey', 'v', 'digestId', 'urgency', 'count', 'skip', 'identities'] }
    : {};
}

function toPage(row: object): Page {
  const { rowKey, digestId, urgency, count, skip, identities, events } = rowSchema.parse({
    events: new Uint8Array(),
    ...row,
  });
  return {
    key: rowKey,
    digestId: digestId === '' ? undefined : digestId,
    urgency,
    count,
    skip,
    identities,
    json: events,
  };
}
