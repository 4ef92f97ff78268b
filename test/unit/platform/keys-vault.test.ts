/** The product's keys: what is loaded, which version is used, and what happens while the vault is away. */

import { currentKey, NEW_KEY_SETTLES_MS } from '../../../shared/platform/key-ring.ts';
import { createKeys, type KeyName } from '../../../shared/platform/keys-vault.ts';
import type { LogFields } from '../../../shared/platform/log.ts';
import { silentLog } from '../../../shared/platform/log.ts';
import type { SecretVersion } from '../../../shared/platform/secrets-vault.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const OLD = NOW - 86_400_000;

function aVersion(id: string, createdAt = OLD, fill = 1): SecretVersion {
  return { id, value: Buffer.alloc(32, fill).toString('base64url'), createdAt };
}

function aVault(secrets: Partial<Record<KeyName, SecretVersion[]>>) {
  const reads: string[] = [];
  return {
    secrets,
    reads,
    async readVersions(name: string) {
      reads.push(name);
      const found = secrets[name as KeyName];
      if (found === undefined) throw new Error('the vault is away');
      return found;
    },
  };
}

function someKeys(vault: ReturnType<typeof aVault>, names: readonly KeyName[] = ['signing-key']) {
  return createKeys({ vault, names, log: silentLog, now: () => NOW });
}

it('gives out what it loaded without another look at the vault', async () => {
  const vault = aVault({ 'signing-key': [aVersion('v1')], 'sealing-key': [aVersion('s1', OLD, 2)] });
  const keys = someKeys(vault, ['signing-key', 'sealing-key']);
  await keys.refresh();

  const ring = keys.ring('signing-key');

  expect(ring.current()).toMatchObject({ id: 'v1', bytes: new Uint8Array(32).fill(1) });
  expect(ring.find('v1')?.id).toBe('v1');
  expect(ring.find('other')).toBeUndefined();
  expect(keys.ring('sealing-key').current().id).toBe('s1');
  expect(vault.reads.sort()).toEqual(['sealing-key', 'signing-key']);
});

it('says that it is not ready before the first load', () => {
  const ring = someKeys(aVault({})).ring('signing-key');

  const asking = [() => ring.current(), () => ring.all()];

  for (const ask of asking) expect(ask).toThrow(expect.objectContaining({ code: 'unavailable', retryable: true }));
});

it('keeps what it has while the vault is away', async () => {
  const vault = aVault({ 'signing-key': [aVersion('v1')] });
  const keys = someKeys(vault);
  await keys.refresh();
  delete vault.secrets['signing-key'];

  await expect(keys.refresh()).rejects.toThrow('the vault is away');

  expect(keys.ring('signing-key').current().id).toBe('v1');
});

it('starts without keys rather than not at all, and says so once in the log', async () => {
  const entries: [string, LogFields | undefined][] = [];
  const log = { ...silentLog, error: (sentence: string, fields?: LogFields) => void entries.push([sentence, fields]) };
  const keys = createKeys({ vault: aVault({}), names: ['signing-key'], log, now: () => NOW });

  await keys.start();
  keys.stop();

  expect(entries).toEqual([['keys could not be loaded', { reason: 'Error', known: false }]]);
});

it('forgets a version that was disabled', async () => {
  const vault = aVault({ 'signing-key': [aVersion('v1'), aVersion('v2')] });
  const keys = someKeys(vault);
  await keys.refresh();
  vault.secrets['signing-key'] = [aVersion('v2')];

  await keys.refresh();

  expect(keys.ring('signing-key').find('v1')).toBeUndefined();
});

describe('a key that cannot be used', () => {
  it.each<[KeyName, string, boolean]>([
    ['signing-key', Buffer.alloc(32).toString('base64url'), true],
    ['signing-key', Buffer.alloc(31).toString('base64url'), false],
    ['signing-key', Buffer.alloc(33).toString('base64url'), false],
    ['sealing-key', 'not base64url at all, but thirty-two', false],
    ['setup-key', 'thirty-two characters of any text', true],
    ['setup-key', 'a short password', false],
    ['setup-key', '', false],
  ])('%s "%s": %s', async (name, value, usable) => {
    const keys = someKeys(aVault({ [name]: [{ id: 'v1', value, createdAt: OLD }] }), [name]);

    const loading = keys.refresh();

    if (usable) await expect(loading).resolves.toBeUndefined();
    else await expect(loading).rejects.toMatchObject({ code: 'unavailable', key: name });
  });

  it('is passed over when another version can be used', async () => {
    const keys = someKeys(aVault({ 'signing-key': [aVersion('good'), { ...aVersion('bad'), value: 'x' }] }));

    await keys.refresh();

    expect(
      keys
        .ring('signing-key')
        .all()
        .map((key) => key.id),
    ).toEqual(['good']);
  });
});

it('offers the newest version first for checking: the product may have rotated a moment ago', async () => {
  const keys = someKeys(aVault({ 'setup-key': [aVersion('v1'), aVersion('v2', NOW)] }), ['setup-key']);
  await keys.refresh();

  const order = keys.ring('setup-key').all();

  expect(order.map((key) => key.id)).toEqual(['v2', 'v1']);
});

describe('the version to sign with', () => {
  const at = (id: string, createdAt: number) => ({ id, bytes: new Uint8Array(32), createdAt });

  it.each([
    ['the only one, however new', [at('a', NOW)], 'a'],
    ['the newest that everyone has loaded', [at('a', OLD), at('b', NOW - NEW_KEY_SETTLES_MS)], 'b'],
    ['the earlier one while the newest has not settled', [at('a', OLD), at('b', NOW - NEW_KEY_SETTLES_MS + 1)], 'a'],
    ['the oldest when none has settled', [at('a', NOW - 2), at('b', NOW - 1)], 'a'],
  ])('is %s', (_what, keys, id) => {
    const current = currentKey(keys, NOW);

    expect(current?.id).toBe(id);
  });
});
