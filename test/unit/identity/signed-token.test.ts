/** Our own tokens: purpose, key version, time, and everything that must not pass. */
import { hkdfSync } from 'node:crypto';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { createSignedTokens, type TokenPurpose } from '../../../shared/identity/signed-token.ts';
import { aKey, aKeyRing, NOW } from './fixtures.ts';

const OLD = aKey('old', 1);
const NEW = aKey('new', 2);
const CLAIMS = { account: 'acme/über#?', id: 'sub_1' };

function tokensAt(now: number, ...keys: ReturnType<typeof aKey>[]) {
  return createSignedTokens({ keys: aKeyRing(...keys), now: () => now });
}

function aToken(purpose: TokenPurpose = 'link', lifetimeSeconds = 60): Promise<string> {
  return tokensAt(NOW, OLD).sign({ purpose, claims: CLAIMS, lifetimeSeconds });
}

it('gives back the claims it was made with', async () => {
  const token = await aToken();

  const verified = await tokensAt(NOW, OLD).verify('link', token);

  expect(verified).toMatchObject({ ok: true, claims: CLAIMS });
});

it('signs with the current key and still accepts an earlier one', async () => {
  const earlier = await aToken();

  const verified = await tokensAt(NOW, OLD, NEW).verify('link', earlier);
  const later = await tokensAt(NOW, OLD, NEW).sign({ purpose: 'link', claims: CLAIMS, lifetimeSeconds: 60 });

  expect(verified.ok).toBe(true);
  expect(await tokensAt(NOW, OLD).verify('link', later)).toEqual({ ok: false, fault: 'key' });
});

it.each([
  ['one millisecond before its end', 59_999, true],
  ['at its end', 60_000, false],
  ['a day later', 86_400_000, false],
])('%s is valid: %#', async (_when, after, ok) => {
  const token = await aToken('link', 60);

  const verified = await tokensAt(NOW + after, OLD).verify('link', token);

  expect(verified).toMatchObject(ok ? { ok } : { ok, fault: 'expired' });
});

it.each<[TokenPurpose, TokenPurpose]>([
  ['link', 'action'],
  ['digest', 'link'],
  ['bearer', 'cookie'],
  ['connect', 'bearer'],
])('does not take a token made for %s as one for %s', async (made, asked) => {
  const token = await aToken(made);

  const verified = await tokensAt(NOW, OLD).verify(asked, token);

  expect(verified).toEqual({ ok: false, fault: 'purpose' });
});

it('does not take a token signed with another purpose’s key, whatever it calls itself', async () => {
  const linkKey = new Uint8Array(hkdfSync('sha256', OLD.bytes, '', 'tidings token link', 32));
  const header = { alg: 'HS256', typ: 'bearer', kid: 'old' };
  const claims = { ...CLAIMS, iat: NOW / 1000, exp: NOW / 1000 + 60 };
  const [asLink, asBearer] = await Promise.all([
    new SignJWT(claims).setProtectedHeader({ ...header, typ: 'link' }).sign(linkKey),
    new SignJWT(claims).setProtectedHeader(header).sign(linkKey),
  ]);
  const tokens = tokensAt(NOW, OLD);

  const verified = [await tokens.verify('link', asLink), await tokens.verify('bearer', asBearer)];

  expect(verified).toEqual([expect.objectContaining({ ok: true }), { ok: false, fault: 'signature' }]);
});

describe('a forged token', () => {
  const header = { alg: 'HS256', typ: 'link', kid: 'old' };
  const sign = (
    key: Uint8Array,
    over: object = {},
    claims: JWTPayload = { ...CLAIMS, iat: NOW / 1000, exp: NOW / 1000 + 60 },
  ) => new SignJWT(claims).setProtectedHeader({ ...header, ...over }).sign(key);

  it.each<[string, () => string | Promise<string>, string]>([
    ['empty', () => '', 'malformed'],
    ['one word', () => 'token', 'malformed'],
    ['two parts', async () => (await aToken()).split('.').slice(0, 2).join('.'), 'malformed'],
    ['four parts', async () => `${await aToken()}.x`, 'malformed'],
    ['a header that is not JSON', async () => `bm90.${(await aToken()).split('.').slice(1).join('.')}`, 'malformed'],
    ['too long to be ours', async () => `${await aToken()}${'A'.repeat(5000)}`, 'malformed'],
    ['signed with the master key itself', () => sign(OLD.bytes), 'signature'],
    ['signed with another key', () => sign(new Uint8Array(32).fill(9)), 'signature'],
    ['of an unknown key', () => sign(OLD.bytes, { kid: 'other' }), 'key'],
    ['of no key', () => sign(OLD.bytes, { kid: undefined }), 'key'],
    ['without purpose', () => sign(OLD.bytes, { typ: undefined }), 'purpose'],
    ['without its signature', async () => `${(await aToken()).split('.').slice(0, 2).join('.')}.`, 'signature'],
    ['with one claim changed', async () => tampered(await aToken()), 'signature'],
    [
      'unsecured',
      () => new UnsecuredJWT(CLAIMS).encode().replace(/^[^.]+/, b64({ alg: 'none', typ: 'link', kid: 'old' })),
      'signature',
    ],
    ['of a longer hash', () => sign(new Uint8Array(64).fill(1), { alg: 'HS512' }), 'signature'],
  ])('%s is refused', async (_what, forge, fault) => {
    const token = await forge();

    const verified = await tokensAt(NOW, OLD).verify('link', token);

    expect(verified).toEqual({ ok: false, fault });
  });
});

function tampered(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return [header, b64({ ...claims, account: 'another' }), signature].join('.');
}

function b64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
