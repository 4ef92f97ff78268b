/** What stands in the tables and on the queues, read plainly: rows as they are, by the names of docs/architecture.md. */
import type { TableClient } from '@azure/data-tables';
import type { Storage, TABLES } from '../../shared/platform/storage-client.ts';

/** A digest's record, as far as it is judged. */
export interface StoredDigest {
  readonly id: string;
  readonly channel: string;
  readonly state: string;
  readonly count: number;
}

/** A page: the ids of its events that are not left out. */
export interface StoredPage {
  readonly channel: string;
  /** Empty: it waits. */
  readonly digestId: string;
  readonly events: readonly string[];
  readonly leftOut: readonly string[];
}

/** Everything. */
export interface Stored {
  readonly digests: readonly StoredDigest[];
  readonly pages: readonly StoredPage[];
  readonly heads: ReadonlyMap<string, Head>;
  readonly deadLetters: readonly { readonly reason: unknown; readonly text: string }[];
}

/** Of a head what says that something is unfinished. */
export interface Head {
  readonly lease?: unknown;
  readonly digest?: { readonly state: string; readonly nextAttemptAt?: number };
  readonly health?: { readonly failingSince?: number };
}

type Row = Readonly<Record<string, unknown>>;

/** Reads all of it. */
export async function readStored(storage: Storage): Promise<Stored> {
  const [inbox, records, letters] = await Promise.all([
    rowsOf(storage.table('inbox')),
    rowsOf(storage.table('digests')),
    rowsOf(storage.table('deadletters')),
  ]);
  return {
    heads: new Map(
      inbox
        .filter(({ rowKey }) => rowKey === '!head')
        .map(({ partitionKey, state }) => [String(partitionKey), JSON.parse(String(state)) as Head]),
    ),
    pages: inbox.filter(({ rowKey }) => rowKey !== '!head').map(toPage),
    digests: records.filter(({ record }) => typeof record === 'string').map(toDigest),
    deadLetters: letters.map((row) => ({ reason: row['reason'], text: textOf(row['payload']) })),
  };
}

/** How many rows each table has. */
export async function countRows(storage: Storage, name: (typeof TABLES)[number]): Promise<number> {
  let count = 0;
  for await (const _ of storage.table(name).listEntities({ queryOptions: { select: ['rowKey'] } })) count += 1;
  return count;
}

/** When each due row is due, in milliseconds since 1970. */
export async function readDue(storage: Storage): Promise<number[]> {
  return (await rowsOf(storage.table('due'))).map(({ dueAt }) => Number(dueAt));
}

/** Heads alone. */
export async function readHeads(storage: Storage): Promise<Head[]> {
  const filter = "RowKey eq '!head'";
  const heads: Head[] = [];
  for await (const row of storage.table('inbox').listEntities<{ state: string }>({ queryOptions: { filter } }))
    heads.push(JSON.parse(row.state));
  return heads;
}

/** Messages on a queue, hidden ones too. */
export async function countMessages(storage: Storage, name: Parameters<Storage['queue']>[0]): Promise<number> {
  return (await storage.queue(name).getProperties()).approximateMessagesCount ?? 0;
}

async function rowsOf(table: TableClient): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of table.listEntities()) rows.push(row);
  return rows;
}

function toPage({ partitionKey, digestId, events, skip }: Row): StoredPage {
  const ids = (JSON.parse(textOf(events)) as { readonly id: string }[]).map(({ id }) => id);
  const bits = skip instanceof Uint8Array ? skip : new Uint8Array();
  const isLeftOut = (position: number) => ((bits[Math.floor(position / 8)] ?? 0) >> (position % 8)) % 2 === 1;
  return {
    channel: String(partitionKey),
    digestId: String(digestId),
    events: ids.filter((_, position) => !isLeftOut(position)),
    leftOut: ids.filter((_, position) => isLeftOut(position)),
  };
}

function toDigest({ partitionKey, record }: Row): StoredDigest {
  const { sequence, state, count } = JSON.parse(String(record)) as { sequence: number; state: string; count: number };
  return { id: `${partitionKey}_${sequence}`, channel: String(partitionKey), state, count };
}

function textOf(bytes: unknown): string {
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('utf8') : String(bytes ?? '');
}
