/** Tables as JSON and back: every row with the types of its properties, so that a fixture loads as it was stored. */
import type { Storage } from '../../shared/platform/storage-client.ts';
import { TABLES } from '../../shared/platform/storage-client.ts';

type Stored = string | number | boolean | { readonly binary: string };
/** The rows of each table, without what the service adds. */
export type ExportedTables = Readonly<Record<string, readonly Readonly<Record<string, Stored>>[]>>;

const ADDED_BY_THE_SERVICE = ['etag', 'timestamp', 'odata.metadata'];

/** Reads every table whole. @throws Error for a property of a type that our rows do not have. */
export async function exportTables(storage: Storage): Promise<ExportedTables> {
  const tables: Record<string, Record<string, Stored>[]> = {};
  for (const name of TABLES) {
    const rows: Record<string, Stored>[] = [];
    for await (const row of storage.table(name).listEntities()) {
      const kept = Object.entries(row).filter(([key]) => !ADDED_BY_THE_SERVICE.includes(key));
      rows.push(Object.fromEntries(kept.map(([key, value]) => [key, toJson(`${name}.${key}`, value)])));
    }
    tables[name] = rows;
  }
  return tables;
}

/** Writes exported rows into empty tables. */
export async function importTables(storage: Storage, tables: ExportedTables): Promise<void> {
  for (const name of TABLES) {
    for (const row of tables[name] ?? []) {
      const { partitionKey, rowKey, ...rest } = Object.fromEntries(
        Object.entries(row).map(([key, value]) => [key, fromJson(value)]),
      );
      await storage.table(name).createEntity({ partitionKey: String(partitionKey), rowKey: String(rowKey), ...rest });
    }
  }
}

function toJson(where: string, value: unknown): Stored {
  if (value instanceof Uint8Array) return { binary: Buffer.from(value).toString('base64') };
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new Error(`${where} is of a type that cannot be exported`);
}

function fromJson(value: Stored): string | number | boolean | Uint8Array {
  return typeof value === 'object' ? new Uint8Array(Buffer.from(value.binary, 'base64')) : value;
}
