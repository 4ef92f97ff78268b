/** A backup of tables and what can be made of it. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOps } from '../../../infra/ops/create-ops.ts';
import type { Stores } from '../../../infra/ops/stores.ts';
import { type Storage, TABLES } from '../../../shared/platform/storage-client.ts';
import { readRelease } from '../../releases/release.ts';
import { exportTables, importTables } from '../../releases/rows.ts';
import { freshStorage } from '../../world/storage.ts';

const release = readRelease('0.1.0');
let dir = '';
let full: Storage;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidings-backup-'));
  full = await freshStorage();
  await importTables(full, release.tables);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function ops(storage: Storage, ...args: string[]) {
  const said: string[] = [];
  const terminal = {
    out: (text: string) => said.push(text),
    err: (text: string) => said.push(text),
    stdin: process.stdin,
  };
  const exitCode = await createOps(terminal, async () => ({ storage }) as Stores)(args);
  return { exitCode, said: said.join('') };
}

it('brings every row back as it was, into empty tables', async () => {
  const empty = await freshStorage();

  const backup = await ops(full, 'backup', join(dir, 'all'));
  const restore = await ops(empty, 'restore', join(dir, 'all'));

  expect([backup.exitCode, restore.exitCode]).toEqual([0, 0]);
  expect((await readdir(join(dir, 'all'))).sort()).toEqual(TABLES.map((name) => `${name}.jsonl`).sort());
  expect(await exportTables(empty)).toEqual(release.tables);
});

it('leaves rows that are there as they are, and says how many', async () => {
  await ops(full, 'backup', join(dir, 'again'));
  const table = full.table('subscriptions');
  await table.deleteEntity('acme', 'sub_now');
  await table.updateEntity({ partitionKey: 'acme', rowKey: 'sub_daily', revision: 7 }, 'Merge');

  const { said } = await ops(full, 'restore', join(dir, 'again'), '--tables', 'subscriptions');

  expect(said).toBe('subscriptions: 1 rows inserted, 3 were there\n');
  expect(await table.getEntity('acme', 'sub_daily')).toMatchObject({ revision: 7 });
  expect(await table.getEntity('acme', 'sub_now')).toMatchObject({ revision: 1 });
});

it('can be read by its owner only, and holds no webhook address in the clear', async () => {
  await ops(full, 'backup', join(dir, 'closed'), '--tables', 'subscriptions,webhooks');
  const file = join(dir, 'closed', 'subscriptions.jsonl');

  expect((await stat(file)).mode & 0o077).toBe(0);
  expect(await readFile(file, 'utf8')).not.toContain('webhook.office.com');
});

it('says which tables there are when one is unknown, and what is missing', async () => {
  const unknown = await ops(full, 'backup', dir, '--tables', 'rows');
  const missing = await ops(full, 'restore', join(dir, 'nowhere'));

  expect([unknown.exitCode, missing.exitCode]).toEqual([2, 2]);
  expect(unknown.said).toContain('Tables: subscriptions');
  expect(missing.said).toContain('subscriptions.jsonl');
});
