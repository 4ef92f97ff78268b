/** Tables of a test's own on the run's Azurite. */
import { randomBytes } from 'node:crypto';
import type { Config } from '../../shared/platform/config.ts';
import { createStorage, type Storage, type StorageOptions, TABLES } from '../../shared/platform/storage-client.ts';

/** Makes every table under a fresh prefix; `options` changes the clients. */
export async function freshStorage(options: StorageOptions = {}): Promise<Storage> {
  const prefix = options.prefix ?? `t${randomBytes(6).toString('hex')}`;
  const config = { AzureWebJobsStorage: testStorage() } as Config;
  const plain = await createStorage(config, { prefix });
  await Promise.all(TABLES.map((name) => plain.table(name).createTable()));
  return createStorage(config, { ...options, prefix });
}

/** The connection string of the run's Azurite. */
export function testStorage(): string {
  const connection = process.env['TEST_STORAGE'];
  if (connection === undefined)
    throw new Error('TEST_STORAGE is not set: tests are started by `npm test` or `npx jest`');
  return connection;
}
