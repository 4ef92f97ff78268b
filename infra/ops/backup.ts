/** `backup DIR` and `restore DIR`: tables as files of JSON lines, one row each. */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { type Storage, TABLES } from '../../shared/platform/storage-client.ts';
import { isConflict } from '../../shared/platform/table-rows.ts';
import type { Terminal } from './create-ops.ts';
import { type StoredRow, toEntity, toStoredRow } from './row-json.ts';

/** A table's name. */
export type TableName = (typeof TABLES)[number];

/** Writes at once: enough to hide the way there, few enough for one partition. */
const AT_ONCE = 50;

/** The call was wrong; the message says how. */
export class BackupCallError extends Error {
  override readonly name = 'BackupCallError';
}

/** The tables that `--tables` names, or all. @throws BackupCallError that names an unknown one. */
export function parseTables(list: string | undefined): readonly TableName[] {
  if (list === undefined) return TABLES;
  return list.split(',').map((name) => {
    const table = TABLES.find((known) => known === name.trim());
    if (table === undefined) throw new BackupCallError(`There is no table "${name}". Tables: ${TABLES.join(', ')}.`);
    return table;
  });
}

/** Writes `DIR/<table>.jsonl` for each; the app may run. Only a whole file ends under its name. */
export async function backup(
  terminal: Terminal,
  storage: Storage,
  dir: string,
  tables: readonly TableName[],
): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const name of tables) {
    let rows = 0;
    const lines = async function* () {
      for await (const row of storage.table(name).listEntities()) {
        rows += 1;
        yield `${JSON.stringify(toStoredRow(row))}\n`;
      }
    };
    const path = join(dir, `${name}.jsonl`);
    await pipeline(lines, createWriteStream(`${path}.part`, { mode: 0o600 }));
    await rename(`${path}.part`, path);
    terminal.out(`${name}: ${rows} rows\n`);
  }
}

/** Inserts the rows that are not there; those that are stay as they are. */
export async function restore(
  terminal: Terminal,
  storage: Storage,
  dir: string,
  tables: readonly TableName[],
): Promise<void> {
  for (const name of tables) {
    const path = join(dir, `${name}.jsonl`);
    const file = createReadStream(path);
    await once(file, 'open').catch((cause) => {
      throw new BackupCallError(`${path} cannot be read.`, { cause });
    });
    const counts = { inserted: 0, there: 0 };
    const insert = async (line: string) => {
      try {
        await storage.table(name).createEntity(toEntity(JSON.parse(line) as StoredRow));
        counts.inserted += 1;
      } catch (error) {
        if (!isConflict(error)) throw error;
        counts.there += 1;
      }
    };
    let batch: string[] = [];
    for await (const line of createInterface({ input: file })) {
      batch.push(line);
      if (batch.length < AT_ONCE) continue;
      await Promise.all(batch.map(insert));
      batch = [];
    }
    await Promise.all(batch.map(insert));
    terminal.out(`${name}: ${counts.inserted} rows inserted, ${counts.there} were there\n`);
  }
}
