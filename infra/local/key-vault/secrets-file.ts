/** Keeps the vault's contents in one file, replaced whole: a crash leaves the old one or the new one. In clear: a development vault. */
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type Contents, contentsSchema } from './secret.ts';

/** The vault on disk. */
export interface SecretsFile {
  readonly contents: Contents;
  /** Resolves when everything changed before the call is on disk; calls made meanwhile share one write. */
  save(): Promise<void>;
  /** Resolves when no write is under way. */
  settled(): Promise<void>;
}

/** Opens the vault's file in `dir`, or begins an empty one. Throws when the file is there and is not a vault. */
export async function openSecretsFile(dir: string): Promise<SecretsFile> {
  const path = join(dir, 'secrets.json');
  const contents = contentsSchema.parse(JSON.parse((await readIfThere(path)) ?? '{}'));
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  async function write(): Promise<void> {
    next = undefined; // what changes from here on needs a write of its own
    const file = await open(`${path}.new`, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(contents, null, 1));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
  }

  return {
    contents,
    save() {
      if (next === undefined) {
        next = writing.then(write, write);
        writing = next;
      }
      return next;
    },
    settled: () => writing.catch(() => {}), // whoever asked for the write was told
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
