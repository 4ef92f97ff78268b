/** Setup tokens: good ones, and each a good one with one thing changed. */
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { createSetupKeySet } from '../../../shared/identity/setup-keys-client.ts';
import { createRedeemSetupToken, type SetupKeys, type SetupTokenDeps } from '../../../shared/identity/setup-token.ts';
import { aKey, aKeyRing, aOnceStore, NOW, NOW_SECONDS } from './fixtures.ts';

const AUDIENCE = 'https://tidings.example';
const ISSUER = 'https://product.example';
const KEY = aKey('v1', 7);
const HS256: SetupKeys = { algorithm: 'HS256', keys: aKeyRing(KEY) };

const CLAIMS = {
  iss: ISSUER,
  aud: AUDIENCE,
  jti: 'token-1',
  iat: NOW_SECONDS,
  exp: NOW_SECONDS + 300,
  account: 'acme/#?',
  sub: 'ada',
};
const TENANT = '72F988BF-86F1-41AF-91AB-2D7CD011DB47';

function aRedeemer(over: Partial<SetupTokenDeps> = {}) {
  return createRedeemSetupToken({
    keys: HS256,
    issuer: ISSUER,
    audience: AUDIENCE,
    once: aOnceStore(),
    now: () => NOW,
    ...over,
  });
}

function sign(claims: object, key: Uint8Array | CryptoKey = KEY.bytes, header: object = {}): Promise<string> {
  return new SignJWT(claims as JWTPayload).setProtectedHeader({ alg: 'HS256', ...header }).sign(key);
}

it('gives back what the product said', async () => {
  const token = await sign({ ...CLAIMS, tid: TENANT, role: 'admin', nonce: 'n', other: 'ignored' });

  const claims = await aRedeemer()(token, 'code');

  expect(claims).toEqual({ ...without('aud'), tid: TENANT.toLowerCase(), role: 'admin', nonce: 'n' });
});

it.each([
  ['a token for a sign-in window', { nonce: 'n' }, 'session'],
  ['a token for no window', {}, 'code'],
] as const)('refuses %s where the other kind is wanted, and leaves it unspent', async (_what, nonce, use) => {
  const once = aOnceStore();
  const token = await sign({ ...CLAIMS, ...nonce });

  const redeeming = aRedeemer({ once })(token, use);

  await expect(redeeming).rejects.toMatchObject({ code: 'setup-token-nonce', status: 401 });
  expect(once.claimed.size).toBe(0);
});

it('takes a token once', async () => {
  const redeem = aRedeemer();
  const token = await sign(CLAIMS);
  await redeem(token, 'session');

  const again = redeem(token, 'session');

  await expect(again).rejects.toMatchObject({ code: 'setup-token-used', status: 409 });
});

it('leaves a token unspent that it refused for another reason', async () => {
  const once = aOnceStore();
  const token = await sign({ ...CLAIMS, aud: 'https://elsewhere.example' });

  const refused = aRedeemer({ once })(token, 'session');

  await expect(refused).rejects.toMatchObject({ code: 'setup-token-audience' });
  expect(once.claimed.size).toBe(0);
});

it('takes a token signed with an earlier version of the key while it is rotated', async () => {
  const keys: SetupKeys = { algorithm: 'HS256', keys: aKeyRing(KEY, aKey('v2', 8)) };

  const claims = await aRedeemer({ keys })(await sign(CLAIMS), 'session');

  expect(claims.account).toBe('acme/#?');
});

describe('times', () => {
  it.each([
    ['five minutes', { iat: NOW_SECONDS, exp: NOW_SECONDS + 300 }, undefined],
    ['a second more', { iat: NOW_SECONDS, exp: NOW_SECONDS + 301 }, 'setup-token-lifetime'],
    ['made 60 s ahead of our clock', { iat: NOW_SECONDS + 60, exp: NOW_SECONDS + 100 }, undefined],
    ['made 61 s ahead', { iat: NOW_SECONDS + 61, exp: NOW_SECONDS + 100 }, 'setup-token-not-yet'],
    ['not before a minute from now', { nbf: NOW_SECONDS + 61 }, 'setup-token-not-yet'],
    ['ended 59 s ago', { iat: NOW_SECONDS - 200, exp: NOW_SECONDS - 59 }, undefined],
    ['ended 60 s ago', { iat: NOW_SECONDS - 200, exp: NOW_SECONDS - 60 }, 'setup-token-expired'],
    ['without an end', { exp: undefined }, 'setup-token-claims'],
    ['without a beginning', { iat: undefined }, 'setup-token-claims'],
    ['with an end in words', { exp: 'tomorrow' }, 'setup-token-claims'],
    ['with an end far away', { exp: 1e15 }, 'setup-token-lifetime'],
  ])('%s', async (_what, times, code) => {
    const token = signRaw({ ...CLAIMS, ...times });

    const redeeming = aRedeemer()(token, 'session');

    if (code === undefined) await expect(redeeming).resolves.toMatchObject({ sub: 'ada' });
    else await expect(redeeming).rejects.toMatchObject({ code });
  });
});

describe('a token with one thing changed is refused for that reason', () => {
  it.each<[string, () => string | Promise<string>, string]>([
    ['not a token', () => 'not a token', 'setup-token-malformed'],
    ['empty', () => '', 'setup-token-malformed'],
    ['enormous', () => 'A'.repeat(10_000), 'setup-token-malformed'],
    [
      'a payload that is not JSON',
      async () => (await sign(CLAIMS)).replace(/\.[^.]+\./, '.bm90.'),
      'setup-token-signature',
    ],
    ['unsecured', () => new UnsecuredJWT(CLAIMS).encode(), 'setup-token-algorithm'],
    ['HS512', () => sign(CLAIMS, new Uint8Array(64).fill(7), { alg: 'HS512' }), 'setup-token-algorithm'],
    ['ES256', async () => sign(CLAIMS, (await pair()).privateKey, { alg: 'ES256' }), 'setup-token-algorithm'],
    ['another key', () => sign(CLAIMS, new Uint8Array(32).fill(9)), 'setup-token-signature'],
    ['a changed claim', async () => tampered(await sign(CLAIMS)), 'setup-token-signature'],
    ['a critical header we do not know', () => withCritical(), 'setup-token-malformed'],
    ['another issuer', () => sign({ ...CLAIMS, iss: 'https://evil.example' }), 'setup-token-issuer'],
    ['no issuer', () => sign(without('iss')), 'setup-token-issuer'],
    ['another audience', () => sign({ ...CLAIMS, aud: `${AUDIENCE}/` }), 'setup-token-audience'],
    ['two audiences', () => sign({ ...CLAIMS, aud: [AUDIENCE, 'https://other.example'] }), 'setup-token-audience'],
    ['no audience', () => sign(without('aud')), 'setup-token-audience'],
    ['no jti', () => sign(without('jti')), 'setup-token-claims'],
    ['an endless jti', () => sign({ ...CLAIMS, jti: 'x'.repeat(201) }), 'setup-token-claims'],
    ['no account', () => sign(without('account')), 'setup-token-claims'],
    ['an empty account', () => sign({ ...CLAIMS, account: '' }), 'setup-token-claims'],
    ['an account that is a list', () => sign({ ...CLAIMS, account: ['acme'] }), 'setup-token-claims'],
    ['no sub', () => sign(without('sub')), 'setup-token-claims'],
    ['a tenant that is not a GUID', () => sign({ ...CLAIMS, tid: 'common' }), 'setup-token-claims'],
    ['a role that does not exist', () => sign({ ...CLAIMS, role: 'owner' }), 'setup-token-claims'],
  ])('%s', async (_what, forge, code) => {
    const token = await forge();

    const redeeming = aRedeemer()(token, 'session');

    await expect(redeeming).rejects.toMatchObject({ code, status: 401 });
  });

  it('says nothing of the token or the key in its words', async () => {
    const token = await sign({ ...CLAIMS, account: 'canary-account', iss: 'https://evil.example' });

    const error = await aRedeemer()(token, 'session').catch((refused: unknown) => refused);

    expect(String(error)).toContain('"iss"');
    expect(JSON.stringify(error) + String(error)).not.toMatch(/canary|evil|eyJ/);
  });
});

it('refuses every token while no issuer is set', async () => {
  const redeeming = aRedeemer({ issuer: undefined })(await sign(without('iss')), 'session');

  await expect(redeeming).rejects.toMatchObject({ code: 'setup-token-issuer' });
});

describe('with ES256 and the product’s key set', () => {
  let server: Server;
  let keys: SetupKeys;
  let answer: { status: number; body: string };
  let good: CryptoKey;

  beforeAll(async () => {
    const { privateKey, publicKey } = await pair();
    good = privateKey;
    answer = {
      status: 200,
      body: JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'p1', alg: 'ES256' }] }),
    };
    server = createServer((_request, response) => response.writeHead(answer.status).end(answer.body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    keys = {
      algorithm: 'ES256',
      keys: createSetupKeySet(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    };
  });
  afterAll(() => server.close());

  function signed(key: CryptoKey, kid: string, claims: object = CLAIMS): Promise<string> {
    return new SignJWT(claims as JWTPayload).setProtectedHeader({ alg: 'ES256', kid }).sign(key);
  }

  it('takes a token signed with a key of the set', async () => {
    const claims = await aRedeemer({ keys })(await signed(good, 'p1'), 'session');

    expect(claims.sub).toBe('ada');
  });

  it.each<[string, () => Promise<string>, string]>([
    [
      'a stranger’s key under a known name',
      async () => signed((await pair()).privateKey, 'p1'),
      'setup-token-signature',
    ],
    ['an unknown key', async () => signed(good, 'p2'), 'setup-token-signature'],
    [
      'HS256 with the public key set as the secret',
      async () => sign(CLAIMS, Buffer.from(answer.body)),
      'setup-token-algorithm',
    ],
    ['HS256 with the setup key', async () => sign(CLAIMS), 'setup-token-algorithm'],
  ])('refuses %s', async (_what, forge, code) => {
    const token = await forge();

    const redeeming = aRedeemer({ keys })(token, 'session');

    await expect(redeeming).rejects.toMatchObject({ code });
  });

  it('never fetches an address that the token names', async () => {
    const asked: string[] = [];
    const trap = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(answer.body);
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const jku = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/keys`;
    const token = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'ES256', kid: 'p9', jku, x5u: jku }).sign(good);

    const redeeming = aRedeemer({ keys })(token, 'session');

    await expect(redeeming).rejects.toMatchObject({ code: 'setup-token-signature' });
    expect(asked).toEqual([]);
    trap.close();
  });

  it('says that keys cannot be read, rather than that the token is bad, while the product’s server fails', async () => {
    const working = answer;
    answer = { status: 500, body: '' };
    const fresh: SetupKeys = {
      algorithm: 'ES256',
      keys: createSetupKeySet(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    };

    const redeeming = aRedeemer({ keys: fresh })(await signed(good, 'p1'), 'session');

    await expect(redeeming).rejects.toMatchObject({ code: 'unavailable', status: 503 });
    answer = working;
  });
});

function pair() {
  return generateKeyPair('ES256', { extractable: true });
}

function without(claim: keyof typeof CLAIMS): Partial<typeof CLAIMS> {
  const { [claim]: _, ...rest } = CLAIMS;
  return rest;
}

/** Signs claims that a careful library would not. */
function signRaw(claims: object, header: object = {}): string {
  const input = `${b64({ alg: 'HS256', ...header })}.${b64(claims)}`;
  return `${input}.${createHmac('sha256', KEY.bytes).update(input).digest('base64url')}`;
}

function withCritical(): string {
  return signRaw(CLAIMS, { crit: ['https://x.example'], 'https://x.example': true });
}

function tampered(token: string): string {
  const [header = '', , signature = ''] = token.split('.');
  return [header, b64({ ...CLAIMS, account: 'another' }), signature].join('.');
}

function b64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
