/** Our access to Key Vault, through the real client, on the embedded vault. */
import { inspect } from 'node:util';
import { SecretClient } from '@azure/keyvault-secrets';
import { ensureKeys } from '../../../infra/azure/ensure-keys.ts';
import { type KeyVault, startKeyVault } from '../../../infra/local/key-vault/server.ts';
import { createKeys } from '../../../shared/platform/keys-vault.ts';
import { silentLog } from '../../../shared/platform/log.ts';
import { createSecretsVault, type SecretsVault } from '../../../shared/platform/secrets-vault.ts';
import { createWebhookVault, webhookSecretName } from '../../../shared/subscriptions/webhook-vault.ts';
import { refused } from './vault-contract.ts';

const CANARY = 'https://outlook.office.com/webhook/canary-7f3a';

let vault: KeyVault;
let secrets: SecretsVault;

beforeEach(async () => {
  vault = await startKeyVault();
  secrets = await createSecretsVault({
    url: vault.url,
    ca: vault.ca,
    options: { retryOptions: { maxRetries: 1, retryDelayInMs: 1 } },
  });
});
afterEach(() => vault.stop());

/** The SDK's own client, to do what the product never does. */
function operator(): SecretClient {
  const credential = { getToken: async () => ({ token: 'operator', expiresOnTimestamp: Date.now() + 3_600_000 }) };
  return new SecretClient(vault.url, credential, {
    disableChallengeResourceVerification: true,
    tlsOptions: { ca: vault.ca },
  });
}

it('reads what was written, and nothing where nothing was', async () => {
  await secrets.write('a-secret', 'one');
  await secrets.write('a-secret', 'two');

  const read = [await secrets.read('a-secret'), await secrets.read('another')];

  expect(read).toEqual(['two', undefined]);
});

it('writes from its very first call', async () => {
  await secrets.write('a-secret', 'value');

  expect(await secrets.read('a-secret')).toBe('value');
});

it('reads the enabled versions of a secret, oldest first', async () => {
  for (const value of ['one', 'two', 'three']) await secrets.write('a-secret', value);
  const [, second] = await secrets.readVersions('a-secret');
  await operator().updateSecretProperties('a-secret', second?.id ?? '', { enabled: false });

  const versions = await secrets.readVersions('a-secret');

  expect(versions.map((version) => version.value)).toEqual(['one', 'three']);
  expect(await secrets.readVersions('another')).toEqual([]);
});

it('removes a secret, and again without harm', async () => {
  await secrets.write('a-secret', 'value');

  await secrets.remove('a-secret');
  await secrets.remove('a-secret');

  expect(await secrets.read('a-secret')).toBeUndefined();
});

it('gets through a vault that asks it to wait', async () => {
  await secrets.read('warm-up');
  vault.faults.add({ fault: { is: 'throttled', retryAfterSeconds: 0 }, times: 1 });

  await secrets.write('a-secret', 'value');

  expect(await secrets.read('a-secret')).toBe('value');
});

describe('when the vault does not do what was asked', () => {
  it.each([
    ['it fails', { is: 'failing', status: 500 }, { vaultStatus: 500, vaultCode: 'InternalServerError' }],
    ['it throttles', { is: 'throttled', retryAfterSeconds: 0 }, { vaultStatus: 429, vaultCode: 'Throttled' }],
    ['it is down', { is: 'down' }, { vaultStatus: undefined, vaultCode: 'ECONNRESET' }],
  ] as const)('because %s, the error says so and holds no secret', async (_what, fault, expected) => {
    vault.faults.add({ fault });

    const error = await refused(secrets.write('webhook-sub-1', CANARY));

    expect(error).toMatchObject({ code: 'unavailable', status: 503, retryable: true, ...expected });
    expect(`${inspect(error, { depth: 20, showHidden: true })}${JSON.stringify(error)}${String(error)}`).not.toContain(
      'canary',
    );
  });

  it('because the name is not allowed, the error says so', async () => {
    const error = await refused(secrets.write('not_allowed', CANARY));

    expect(error).toMatchObject({ vaultStatus: 400, vaultCode: 'BadParameter', operation: 'write not_allowed' });
  });
});

describe('webhooks', () => {
  it('are kept under a name that Key Vault allows', async () => {
    const webhooks = createWebhookVault(secrets);

    await webhooks.put('sub_0123abcd', CANARY);

    expect(webhookSecretName('sub_0123abcd')).toBe('webhook-sub-0123abcd');
    expect(await webhooks.read('sub_0123abcd')).toBe(CANARY);
    expect(await secrets.read('webhook-sub-0123abcd')).toBe(CANARY);
  });
});

describe('the keys of a fresh local start', () => {
  it('are made once and can be used', async () => {
    await ensureKeys(secrets);
    const made = await secrets.read('signing-key');
    await ensureKeys(secrets);

    const keys = createKeys({
      vault: secrets,
      names: ['signing-key', 'sealing-key', 'setup-key'],
      log: silentLog,
      now: Date.now,
    });
    await keys.refresh();

    expect(await secrets.read('signing-key')).toBe(made);
    expect(Buffer.from(keys.ring('signing-key').current().bytes).toString('base64url')).toBe(made);
    expect(keys.ring('sealing-key').current().bytes).toHaveLength(32);
    expect(keys.ring('setup-key').all()).toHaveLength(1);
  });
});
