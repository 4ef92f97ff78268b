import { makeKeysWhenAllowed } from '../../../infra/azure/make-keys-when-allowed.ts';
import { type KeyVault, startKeyVault } from '../../../infra/local/key-vault/server.ts';
import { createSecretsVault, type SecretsVault, SecretsVaultError } from '../../../shared/platform/secrets-vault.ts';

let keyVault: KeyVault;
let vault: SecretsVault;
beforeAll(async () => {
  keyVault = await startKeyVault();
  vault = await createSecretsVault({ url: keyVault.url, ca: keyVault.ca });
});
afterAll(() => keyVault.stop());

const NAMES = ['signing-key', 'sealing-key', 'setup-key'];
const valuesOf = () => Promise.all(NAMES.map((name) => vault.read(name)));

it('makes the three keys once, and never says one', async () => {
  const said: string[] = [];
  const deps = { vault, say: (line: string) => said.push(line), wait: async () => {} };

  const first = await makeKeysWhenAllowed(deps);
  const made = await valuesOf();
  const second = await makeKeysWhenAllowed(deps);
  const kept = await valuesOf();

  expect([first, second]).toEqual([0, 0]);
  expect(new Set(made).size).toBe(3);
  expect(made.every((value) => Buffer.from(value ?? '', 'base64url').length === 32)).toBe(true);
  expect(kept).toEqual(made);
  expect(said).toEqual([
    ...NAMES.map((name) => `${name}: made`),
    ...NAMES.map((name) => `${name}: is there, left as it is`),
  ]);
});

it('makes only the key that is missing', async () => {
  const fresh = new Map([['signing-key', 'mine']]);
  const memory = {
    read: async (name: string) => fresh.get(name),
    write: async (name: string, value: string) => void fresh.set(name, value),
  };

  await makeKeysWhenAllowed({ vault: memory, say: () => {}, wait: async () => {} });

  expect(fresh.get('signing-key')).toBe('mine');
  expect([...fresh.keys()].sort()).toEqual([...NAMES].sort());
});

it('waits for a role that has not arrived', async () => {
  const waits: number[] = [];
  let refusals = 3;
  const refusing: Pick<SecretsVault, 'read' | 'write'> = {
    write: vault.write,
    read: (name) =>
      refusals-- > 0 ? Promise.reject(new SecretsVaultError(`read ${name}`, { statusCode: 403 })) : vault.read(name),
  };

  const exitCode = await makeKeysWhenAllowed({
    vault: refusing,
    say: () => {},
    wait: async (ms) => void waits.push(ms),
  });

  expect(exitCode).toBe(0);
  expect(waits).toHaveLength(3);
});

it.each([
  [401, /azd auth login/],
  [403, /Key Vault Secrets Officer/],
  [409, /recover/],
  [undefined, /Run it again/],
])('gives up on %s with advice, and with the status in words', async (statusCode, advice) => {
  const said: string[] = [];
  const refusing = {
    write: vault.write,
    read: (name: string) => Promise.reject(new SecretsVaultError(`read ${name}`, { statusCode })),
  };

  const exitCode = await makeKeysWhenAllowed({ vault: refusing, say: (line) => said.push(line), wait: async () => {} });

  expect(exitCode).toBe(1);
  expect(said.join('\n')).toMatch(advice);
  expect(said.join('\n')).toContain('could not read signing-key');
});
