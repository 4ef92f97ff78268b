/** Function keys that stay the same from start to start, as Azure keeps them in its storage. */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { type FunctionKeys, randomKeys } from './function-keys.ts';

const stored = z.object({ master: z.string().min(1), host: z.string().min(1) });

/** The keys in the file at `path`; made there when it does not exist. */
export async function keptKeys(path: string): Promise<FunctionKeys> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text !== undefined) return stored.parse(JSON.parse(text));
  const keys = randomKeys();
  await writeFile(path, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  return keys;
}
