/** `GET /api/health` as deployed: nothing for strangers, and what is away by name for who has a key. */
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { QueueClient } from '@azure/storage-queue';
import { projectDir } from '../../../infra/build-app.ts';
import { localSettings } from '../../../infra/local/local-settings.ts';
import { opsOn } from '../ops/ops-world.ts';
import { type ApiWorld, anApiWorld } from './api-world.ts';

let world: ApiWorld;
let dir: string;
let catalogue: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidings-health-'));
  catalogue = join(dir, 'catalogue.json');
  await copyFile(localSettings({ publicUrl: '', microsoft365Url: '' })['CATALOGUE'] ?? '', catalogue);
  world = await anApiWorld(() => ({ CATALOGUE: catalogue }));
}, 120_000);
afterAll(async () => {
  await world?.stop();
  await rm(dir, { recursive: true, force: true });
});

const health = (key = world.azure.functions.keys.host) =>
  world.call('GET', '/api/health', { headers: { 'x-functions-key': key } });

it.each(['', 'some-key'])('tells a stranger with the key "%s" nothing', async (key) => {
  const { status, text } = await health(key);

  expect([status, text]).toEqual([401, '']);
});

it('says 200 and what was looked at', async () => {
  const { status, json, headers } = await health();

  expect(status).toBe(200);
  expect(json).toMatchObject({ status: 'ok', at: expect.any(String) });
  expect(Object.keys(json.checks)).toEqual(['tables', 'queues', 'vault', 'catalogue']);
  expect(headers.get('cache-control')).toBe('no-store');
});

it('brings a rotated key into use while the app runs, and who was signed in stays so', async () => {
  const kidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
  const before = await world.bearer();
  await world.azure.setClock({ wall: Date.now() - 3_600_000 }); // the vault's: made an hour ago, it is used as soon as it is known
  const rotated = await opsOn({ vault: world.vault })('rotate', 'signing-key', '--yes');
  await world.azure.setClock({ wall: Date.now() });

  await world.until(async () => (await health()).status === 200 && kidOf(await world.bearer()) !== kidOf(before));
  const { status } = await world.call('GET', '/api/subscriptions', { token: before });

  expect(rotated.exitCode).toBe(0);
  expect(rotated.out).toContain(kidOf(await world.bearer()));
  expect(status).toBe(200);
}, 60_000);

it('lets the doctor ask, which finds nothing, and with the key hears it from the app itself', async () => {
  const env = { ...process.env, ...world.azure.env, TIDINGS_KEY: world.azure.functions.keys.host };
  const args = ['--import', 'tsx', join(projectDir, 'infra/ops/ops.ts'), 'doctor'];

  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectDir, env, timeout: 60_000 });

  expect(stdout).toMatch(/^app {2,}well {2}it is well, and reaches all that it relies on$/m);
  expect(stdout).toMatch(/All is well\.\n$/);
}, 60_000);

it('names each thing that is away and no other, and is well again when they are back', async () => {
  const digests = new QueueClient(world.azure.connectionString, 'connector-events');
  await digests.delete();
  await rename(catalogue, `${catalogue}.away`);
  world.azure.keyVault.faults.add({ fault: { is: 'failing', status: 500 } });

  await world.until(async () => (await health()).status === 503);
  const { json } = await health();
  await digests.create();
  await rename(`${catalogue}.away`, catalogue);
  world.azure.keyVault.faults.clear();
  await world.until(async () => (await health()).status === 200);

  expect(json).toMatchObject({
    code: 'health-failing',
    title: 'Not well: queues, vault, catalogue.',
    checks: {
      tables: { ok: true },
      queues: { ok: false, fault: 'connector-events: is not there' },
      vault: { ok: false, fault: expect.stringMatching(/^(could not read versions of \S+: 500|no answer within 3 s)/) },
      catalogue: { ok: false, fault: expect.stringContaining('there is no such file') },
    },
  });
}, 60_000);

it('says so when storage does not answer, soon', async () => {
  await world.azure.stopStorage();

  await world.until(async () => (await health()).status === 503);
  const { json } = await health();
  await world.azure.startStorage();

  expect(json).toMatchObject({ checks: { tables: { ok: false }, queues: { ok: false }, vault: { ok: true } } });
}, 60_000);
