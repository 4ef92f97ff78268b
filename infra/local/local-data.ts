/** Where the local system keeps its data. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The place of each part below the folder of all data. */
export function localPaths(dir: string) {
  return {
    azurite: join(dir, 'azurite'),
    keyVault: join(dir, 'key-vault'),
    microsoft365: join(dir, 'microsoft365'),
    clock: join(dir, 'clock.json'),
    functionKeys: join(dir, 'function-keys.json'),
  };
}

/** Removes all data in `dir`, and nothing else that may be there. */
export async function eraseData(dir: string): Promise<void> {
  await Promise.all(Object.values(localPaths(dir)).map((path) => rm(path, { recursive: true, force: true })));
}
