/** A sealing key that is lost, and one that is rotated: webhooks come back from the vault. */
import { randomBytes } from 'node:crypto';
import { type KeyVault, startKeyVault } from '../../../infra/local/key-vault/server.ts';
import { createOps } from '../../../infra/ops/create-ops.ts';
import { createKeys } from '../../../shared/platform/keys-vault.ts';
import { silentLog } from '../../../shared/platform/log.ts';
import { createSeal } from '../../../shared/platform/seal.ts';
import { createSecretsVault, type SecretsVault } from '../../../shared/platform/secrets-vault.ts';
import type { Storage } from '../../../shared/platform/storage-client.ts';
import {
  createSubscriptionsTable,
  type SubscriptionsTable,
} from '../../../shared/subscriptions/subscriptions-table.ts';
import { createWebhookSeal } from '../../../shared/subscriptions/webhook-seal.ts';
import { createWebhookVault } from '../../../shared/subscriptions/webhook-vault.ts';
import { aSubscription } from '../../world/make.ts';
import { freshStorage } from '../../world/storage.ts';
import { someStores } from './ops-world.ts';

const CANARY = 'canary-5d1c';
const urlOf = (id: string) => `https://outlook.office.com/webhook/${CANARY}-${id}`;
const IDS = Array.from({ length: 12 }, (_, index) => `sub_reseal${index}`);

const running: KeyVault[] = [];
let vaultTime = Date.now();
let keyVault: KeyVault;
/** The vault with the webhooks, and the one with the keys: the same, until the key is lost. */
let vault: SecretsVault;
let keysVault: SecretsVault;
let storage: Storage;
let subscriptions: SubscriptionsTable;

async function aVault() {
  keyVault = await startKeyVault({ now: () => vaultTime });
  running.push(keyVault);
  return createSecretsVault({ url: keyVault.url, ca: keyVault.ca });
}

const newKey = () => keysVault.write('sealing-key', randomBytes(32).toString('base64url'));

/** The key is gone for good, and `npm run azure:keys` made another. */
async function loseKey(): Promise<void> {
  keysVault = await aVault();
  await newKey();
}

/** The app's keys at a time, in milliseconds from now: a new version is used 20 minutes after it was made. */
async function keysIn(ms: number) {
  const keys = createKeys({ vault: keysVault, names: ['sealing-key'], log: silentLog, now: () => Date.now() + ms });
  await keys.refresh();
  return keys;
}

async function webhookSeal(inMs = 0) {
  return createWebhookSeal(createSeal((await keysIn(inMs)).ring('sealing-key')));
}

beforeEach(async () => {
  vault = await aVault();
  keysVault = vault;
  storage = await freshStorage();
  subscriptions = createSubscriptionsTable(storage.table('subscriptions'));
  await newKey();
  const seal = await webhookSeal(3_600_000);
  for (const id of IDS) {
    await createWebhookVault(vault).put(id, urlOf(id));
    await subscriptions.create(aSubscription({ id, sealedWebhook: seal.seal(id, urlOf(id)) }));
  }
  await subscriptions.bury({ id: 'sub_removed', account: 'acme', removedAt: 0 });
});

afterEach(() => Promise.all(running.splice(0).map((one) => one.stop())));

async function ops(args: readonly string[], inMs = 3_600_000) {
  const said: string[] = [];
  const terminal = {
    out: (text: string) => said.push(text),
    err: (text: string) => said.push(text),
    stdin: process.stdin,
  };
  const exitCode = await createOps(terminal, async () => ({ ...someStores(storage), vault, keys: () => keysIn(inMs) }))(
    args,
  );
  return { exitCode, said: said.join('') };
}

/** The addresses that the rows' copies open to, with the keys of an hour hence. */
async function opened(): Promise<(string | undefined)[]> {
  const seal = await webhookSeal(3_600_000);
  const rows = await Promise.all(IDS.map((id) => subscriptions.read({ account: 'acme', id })));
  return rows.map((row) =>
    row?.is === 'present' ? seal.open(row.subscription.id, row.subscription.sealedWebhook ?? '') : undefined,
  );
}

it('brings every webhook back after the sealing key was lost', async () => {
  await loseKey();
  const before = await opened();

  const { exitCode, said } = await ops(['reseal'], 0);

  expect(before).toEqual(IDS.map(() => undefined));
  expect(exitCode).toBe(0);
  expect(said).toBe('12 subscriptions looked at, 12 resealed, 0 failed\n');
  expect(await opened()).toEqual(IDS.map(urlOf));
});

it('leaves what is sealed with the current key, and asks the vault for none of it', async () => {
  await ops(['reseal']);
  const before = keyVault.requests.filter((line) => line.includes('webhook-')).length;

  const { said } = await ops(['reseal', '--json']);

  expect(JSON.parse(said)).toEqual({ looked: 12, resealed: 0, failed: [] });
  expect(keyVault.requests.filter((line) => line.includes('webhook-'))).toHaveLength(before);
});

it('moves copies of an earlier key to a new one once that is in use', async () => {
  const rowBefore = await subscriptions.read({ account: 'acme', id: 'sub_reseal0' });
  vaultTime += 2_000; // Key Vault counts whole seconds
  await newKey();

  const { said } = await ops(['reseal']);
  const rowAfter = await subscriptions.read({ account: 'acme', id: 'sub_reseal0' });
  const keyOf = (row: typeof rowAfter) =>
    row?.is === 'present' ? row.subscription.sealedWebhook?.split('.')[1] : undefined;

  expect(said).toContain('12 resealed');
  expect(keyOf(rowAfter)).not.toBe(keyOf(rowBefore));
  expect(await opened()).toEqual(IDS.map(urlOf));
});

it('names a subscription whose webhook the vault lacks, mends the rest, and never says an address', async () => {
  await createWebhookVault(vault).remove('sub_reseal7');
  await loseKey();

  const { exitCode, said } = await ops(['reseal'], 0);

  expect(exitCode).toBe(1);
  expect(said).toMatch(/11 resealed, 1 failed\nsub_reseal7: /);
  expect(said).not.toContain(CANARY);
});
