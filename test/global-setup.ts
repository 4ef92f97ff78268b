/** One Azurite, in memory, for a whole run of jest, and a watch for secrets that get out. Tests find storage by TEST_STORAGE and use names of their own in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Azurite, startAzurite } from '../infra/local/azurite.ts';
import { beginWatch } from './canary/whole-run.ts';

declare global {
  var stopTestStorage: (() => Promise<void>) | undefined;
}

/** Starts Azurite, unless TEST_STORAGE already names a storage account to use. */
// biome-ignore lint/style/noDefaultExport: jest calls the default export
export default async function startTestRun(): Promise<void> {
  await beginWatch();
  if (process.env['TEST_STORAGE']) return;
  const dir = await mkdtemp(join(tmpdir(), 'tidings-azurite-'));
  const azurite: Azurite = await startAzurite({ dir, inMemory: true });
  process.env['TEST_STORAGE'] = azurite.connectionString;
  globalThis.stopTestStorage = async () => {
    await azurite.stop();
    await rm(dir, { recursive: true, force: true });
  };
}
