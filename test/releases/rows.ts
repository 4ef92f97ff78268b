/** Tables as JSON and back: what a fixture of a release holds. */
import { type StoredRow, toEntity, toStoredRow } from '../../infra/ops/row-json.ts';
import { type Storage, TABLES } from '../../shared/platform/storage-client.ts';

/** The rows of each table, without what the service adds. */
export type ExportedTables = Readonly<Record<string, readonly StoredRow[]>>;

/** Reads every table whole. */
export async function exportTables(storage: Storage): Promise<ExportedTables> {
  const tables: Record<string, StoredRow[]> = {};
  for (const name of TABLES) {
    const rows: StoredRow[] = [];
    for await (const row of storage.table(name).listEntities()) rows.push(toStoredRow(row));
    tables[name] = rows;
  }
  return tables;
}

/** Writes exported rows into empty tables. */
export async function importTables(storage: Storage, tables: ExportedTables): Promise<void> {
  for (const name of TABLES) {
    for (const row of tables[name] ?? []) await storage.table(name).createEntity(toEntity(row));
  }
}
