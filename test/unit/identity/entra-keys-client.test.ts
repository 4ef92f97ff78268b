/** Keys of an issuer: kept, asked for once, never on every stranger's word. */
import { exportJWK, generateKeyPair, type JSONWebKeySet } from 'jose';
import { createEntraKeys } from '../../../shared/identity/entra-keys-client.ts';
import { silentLog } from '../../../shared/platform/log.ts';

async function aKey(kid: string) {
  const { publicKey } = await generateKeyPair('RS256');
  return { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
}

const keys: Promise<[object, object]> = Promise.all([aKey('one'), aKey('two')]);

/** Keys at an address under the test's hand. */
async function anIssuer() {
  const [one, two] = await keys;
  let set: JSONWebKeySet | Error = { keys: [one] } as JSONWebKeySet;
  let asked = 0;
  let now = 0;
  const entra = createEntraKeys({
    url: 'https://login.example/keys',
    elapsed: () => now,
    log: silentLog,
    async fetchKeySet() {
      asked += 1;
      if (set instanceof Error) throw set;
      return set;
    },
  });
  const find = async (kid: string) => {
    try {
      await entra.find({ alg: 'RS256', kid }, { payload: '', signature: '' });
      return 'found';
    } catch (error) {
      return error instanceof Error ? error.constructor.name : 'unknown';
    }
  };
  return {
    entra,
    find,
    asked: () => asked,
    pass: (ms: number) => {
      now += ms;
    },
    publishBoth: () => {
      set = { keys: [one, two] } as JSONWebKeySet;
    },
    fail: () => {
      set = new Error('down');
    },
  };
}

it('asks once for all who come at the same time', async () => {
  const { find, asked } = await anIssuer();

  const found = await Promise.all(Array.from({ length: 10 }, () => find('one')));

  expect(new Set(found)).toEqual(new Set(['found']));
  expect(asked()).toBe(1);
});

it('finds a key that was published since, on its first use', async () => {
  const { find, publishBoth, pass } = await anIssuer();
  await find('one');
  publishBoth();
  pass(30_000);

  expect(await find('two')).toBe('found');
});

it('is not made to ask again and again by tokens that name keys nobody has', async () => {
  const { find, asked, pass } = await anIssuer();
  await find('one');
  pass(30_000);

  const found = [await find('x'), await find('y'), await find('z')];

  expect(found).toEqual(Array(3).fill('JWKSNoMatchingKey'));
  expect(asked()).toBe(2);
});

it('keeps what it knows while the address cannot be reached', async () => {
  const { entra, find, fail } = await anIssuer();
  await entra.start();
  fail();
  await entra.start();
  entra.stop();

  expect(await find('one')).toBe('found');
});

it('says that it cannot tell while nothing is known, and asks again after two seconds', async () => {
  const { find, fail, publishBoth, pass, asked } = await anIssuer();
  fail();

  const before = [await find('one'), await find('one')];
  const askedBefore = asked();
  publishBoth();
  pass(2_000);

  expect(before).toEqual(Array(2).fill('EntraKeysUnavailableError'));
  expect(askedBefore).toBe(1);
  expect(await find('one')).toBe('found');
});
