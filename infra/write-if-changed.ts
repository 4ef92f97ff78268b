/** Writes a file that others may be reading, or writing too. */
import { readFile, rename, writeFile } from 'node:fs/promises';

/** Another process may be building or reading the same files: each is replaced as a whole, or left alone. */
export async function writeIfChanged(path: string, contents: Uint8Array): Promise<void> {
  const before = await readFile(path).catch(() => undefined);
  if (before?.equals(contents)) return;
  const aside = `${path}.${process.pid}.part`;
  await writeFile(aside, contents);
  await rename(aside, path);
}
