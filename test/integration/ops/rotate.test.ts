/** A key is rotated: what was signed and sealed before stays good, and what is said to do next makes earlier versions unneeded. */
import { randomBytes } from 'node:crypto';
import { SecretClient } from '@azure/keyvault-secrets';
import { ensureKeys } from '../../../infra/azure/ensure-keys.ts';
import { type KeyVault, startKeyVault } from '../../../infra/local/key-vault/server.ts';
import { createSignedTokens } from '../../../shared/identity/signed-token.ts';
import { NEW_KEY_SETTLES_MS } from '../../../shared/platform/key-ring.ts';
import { createKeys, type Keys } from '../../../shared/platform/keys-vault.ts';
import { silentLog } from '../../../shared/platform/log.ts';
import { createSeal } from '../../../shared/platform/seal.ts';
import { createSecretsVault, type SecretsVault } from '../../../shared/platform/secrets-vault.ts';
import type { Storage } from '../../../shared/platform/storage-client.ts';
import { createSubscriptionsTable } from '../../../shared/subscriptions/subscriptions-table.ts';
import { createWebhookSeal } from '../../../shared/subscriptions/webhook-seal.ts';
import { createWebhookVault } from '../../../shared/subscriptions/webhook-vault.ts';
import { aSubscription } from '../../world/make.ts';
import { freshStorage } from '../../world/storage.ts';
import { opsOn } from './ops-world.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-21T09:00:00Z');
const MONTH = 31 * 24 * 60 * MINUTE;

let now = START;
let keyVault: KeyVault;
let vault: SecretsVault;
let storage: Storage;
beforeEach(async () => {
  now = START;
  keyVault = await startKeyVault({ now: () => now });
  vault = await createSecretsVault({ url: keyVault.url, ca: keyVault.ca });
  await ensureKeys(vault);
  now += 60 * MINUTE;
});
afterEach(() => keyVault.stop());

/** A process of the app: the keys as it read them last. */
async function aProcess() {
  const keys: Keys = createKeys({ vault, names: ['signing-key', 'sealing-key'], log: silentLog, now: () => now });
  await keys.refresh();
  return {
    refresh: keys.refresh,
    keys,
    tokens: createSignedTokens({ keys: keys.ring('signing-key'), now: () => now }),
    seal: createWebhookSeal(createSeal(keys.ring('sealing-key'))),
  };
}
type Process = Awaited<ReturnType<typeof aProcess>>;

const ops = (...args: readonly string[]) =>
  opsOn({
    vault,
    storage,
    keys: async () => {
      const { keys } = await aProcess();
      return keys;
    },
  })(...args);

const sign = ({ tokens }: Process) =>
  tokens.sign({ purpose: 'digest', claims: { digest: 'd' }, lifetimeSeconds: MONTH / 1e3 });
const isGood = async ({ tokens }: Process, token: string) => (await tokens.verify('digest', token)).ok;
const kidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;

/** Does what `az keyvault secret set-attributes --id ID --enabled false` does. */
async function az(command: string): Promise<void> {
  const [, id = ''] = /^az keyvault secret set-attributes --id (\S+) --enabled false$/.exec(command.trim()) ?? [];
  const [, name = '', version = ''] = new URL(id).pathname.slice(1).split('/');
  const credential = { getToken: async () => ({ token: 'local', expiresOnTimestamp: Date.now() + 86_400_000 }) };
  const client = new SecretClient(keyVault.url, credential, {
    disableChallengeResourceVerification: true,
    ...{ tlsOptions: { ca: keyVault.ca } },
  });
  await client.updateSecretProperties(name, version, { enabled: false });
}
const commandsIn = (said: string) => said.split('\n').filter((line) => line.startsWith('    '));

it('keeps every link good, whichever process made it and whichever reads it, at every moment of a rotation', async () => {
  const early = await aProcess(); // looked just before, and will look ten minutes later
  const before = await sign(early);

  await ops('rotate', 'signing-key', '--yes');
  const late = await aProcess();
  const meanwhile = await sign(late);
  const readMeanwhile = [await isGood(early, before), await isGood(late, before), await isGood(early, meanwhile)];
  now += 10 * MINUTE;
  await early.refresh();
  now += 10 * MINUTE;
  const after = await sign(late);
  const readAfter = [await isGood(early, after), await isGood(early, before), await isGood(late, before)];

  expect(readMeanwhile).toEqual([true, true, true]);
  expect(readAfter).toEqual([true, true, true]);
  expect(kidOf(meanwhile)).toBe(kidOf(before));
  expect(kidOf(after)).not.toBe(kidOf(before));
});

it('says when the earlier signing key is needed no more, and it is so', async () => {
  const before = await aProcess();
  const { out } = await ops('rotate', 'signing-key', '--yes');
  now += NEW_KEY_SETTLES_MS - 1_000;
  await before.refresh();
  const last = await sign(before); // the last link by the old key
  const [, until = ''] = /after (\S+ \S+Z), when the last link that it signed expires/.exec(out) ?? [];

  now = Date.parse(until.replace(' ', 'T')) - 2_000;
  const goodToTheEnd = await isGood(await aProcess(), last);
  now += 2_000;
  const expired = !(await isGood(await aProcess(), last));
  const fresh = await sign(await aProcess());
  for (const command of commandsIn(out)) await az(command);
  const process = await aProcess();

  expect([goodToTheEnd, expired]).toEqual([true, true]);
  expect(await isGood(process, fresh)).toBe(true);
  expect(process.keys.ring('signing-key').all()).toHaveLength(1);
});

it('opens what was sealed before, and after `reseal` needs the earlier sealing key no more', async () => {
  storage = await freshStorage();
  const subscriptions = createSubscriptionsTable(storage.table('subscriptions'));
  const url = (id: string) => `https://outlook.office.com/webhook/canary-${id}`;
  const ids = ['sub_one', 'sub_two', 'sub_three'];
  const before = await aProcess();
  for (const id of ids) {
    await createWebhookVault(vault).put(id, url(id));
    await subscriptions.create(aSubscription({ id, sealedWebhook: before.seal.seal(id, url(id)) }));
  }
  const opened = async () => {
    const { seal } = await aProcess();
    const rows = await Promise.all(ids.map((id) => subscriptions.read({ account: 'acme', id })));
    return rows.map((row, index) =>
      row?.is === 'present' ? seal.open(ids[index] ?? '', row.subscription.sealedWebhook ?? '') : undefined,
    );
  };

  const rotated = await ops('rotate', 'sealing-key', '--yes');
  const tooEarly = await ops('reseal');
  const meanwhile = await opened();
  now += NEW_KEY_SETTLES_MS;
  const [reseal = '', ...switchOff] = commandsIn(rotated.out);
  const resealed = await ops(...reseal.trim().replace('npm run ops -- ', '').split(' '));
  for (const command of switchOff) await az(command);
  const after = await opened();

  expect(tooEarly.out).toContain('0 resealed');
  expect(tooEarly.err).toBe('A newer sealing-key is used from 2026-11-21 10:20:00Z on: run this again then.\n');
  expect(meanwhile).toEqual(ids.map(url));
  expect([resealed.exitCode, resealed.out]).toEqual([0, '3 subscriptions looked at, 3 resealed, 0 failed\n']);
  expect(switchOff).toHaveLength(1);
  expect(after).toEqual(ids.map(url));
  expect((await aProcess()).keys.ring('sealing-key').all()).toHaveLength(1);
});

it('names every earlier version with its own time, as JSON too, and no key', async () => {
  await ops('rotate', 'signing-key', '--yes');
  now += MONTH;
  const { out, exitCode } = await ops('rotate', 'signing-key', '--yes', '--json');
  const values = (await vault.readVersions('signing-key')).map(({ value }) => value);

  const report = JSON.parse(out);

  expect(exitCode).toBe(0);
  expect(report).toMatchObject({
    key: 'signing-key',
    usedFrom: '2026-12-22 10:20:00Z',
    earlier: [{ neededUntil: '2026-12-22 10:20:00Z' }, { neededUntil: '2027-01-22 10:20:00Z' }],
  });
  expect(values).toHaveLength(3);
  for (const value of values) expect(out).not.toContain(value);
});

it.each([
  ['without a terminal and --yes', undefined, 2, 1],
  ['when the answer is no', 'no', 2, 1],
  ['when the answer is yes', 'yes', 0, 2],
])('makes a version or none: %s', async (_, answer, exitCode, versions) => {
  const ask = answer === undefined ? {} : { ask: async () => answer };

  const said = await opsOn({ vault }, ask)('rotate', 'signing-key');

  expect(said.exitCode).toBe(exitCode);
  expect(await vault.readVersions('signing-key')).toHaveLength(versions);
});

it('says how a key that is not there is made, and makes none', async () => {
  await vault.remove('sealing-key');

  const { exitCode, err } = await ops('rotate', 'sealing-key', '--yes');

  expect(exitCode).toBe(1);
  expect(err).toContain(`npm run azure:keys -- ${keyVault.url}`);
  expect(await vault.readVersions('sealing-key')).toEqual([]);
});

it.each(['setup-key', randomBytes(2).toString('hex')])('does not rotate %s', async (name) => {
  const { exitCode, err } = await ops('rotate', name, '--yes');

  expect(exitCode).toBe(2);
  expect(err).toContain('Allowed choices are signing-key, sealing-key');
});
