/** Forged and stale tokens: each is a good one with one thing changed. It is refused for that, and the unchanged one passes beside it. */
import { createHmac } from 'node:crypto';
import { exportSPKI, SignJWT, UnsecuredJWT } from 'jose';
import { createAnswerTokens } from '../../../shared/actions/answer-tokens.ts';
import { createSignedTokens } from '../../../shared/identity/signed-token.ts';
import { aKey, aKeyRing } from '../../unit/identity/fixtures.ts';
import {
  type ActionsWorld,
  anActionsWorld,
  bodyOf,
  buttonsOf,
  CHLOE,
  CLIENT,
  ISSUERS,
  PUBLIC_URL,
} from './actions-world.ts';

const FABRIKAM = '72f988bf-0000-4000-8000-00000000fab2';
const MINUTE = 60;

/** One world for all of them: a refusal changes nothing, which the last test sees. */
let world: ActionsWorld;
let ours: string;
beforeAll(async () => {
  world = await anActionsWorld();
  ours = bodyOf(buttonsOf(world.card())[0]).token;
});

const now = () => Math.floor(world.clock.now() / 1_000);
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));

/** A good token with another header or payload, and the signature it had. */
function resewn(token: string, change: { header?: object; claims?: object }): string {
  const [header, payload, signature] = token.split('.');
  return [
    encode({ ...decode(header), ...change.header }),
    encode({ ...decode(payload), ...change.claims }),
    signature,
  ].join('.');
}

type Forge = () => Promise<string> | string;

describe('Microsoft’s token', () => {
  it.each<[string, string, Forge]>([
    [
      'actor-token-algorithm',
      'alg none',
      async () => new UnsecuredJWT(world.claims()).encode().replace(/^[^.]+/, encode({ alg: 'none', kid: 'entra-1' })),
    ],
    [
      'actor-token-algorithm',
      'HS256 with the public key as its secret',
      async () =>
        new SignJWT(world.claims())
          .setProtectedHeader({ alg: 'HS256', kid: 'entra-1' })
          .sign(new TextEncoder().encode(await exportSPKI(world.publicKey))),
    ],
    [
      'actor-token-algorithm',
      'PS256 in the header of an RS256 token',
      async () => resewn(await world.actorToken(), { header: { alg: 'PS256' } }),
    ],
    [
      'actor-token-algorithm',
      'RS256 in small letters',
      async () => resewn(await world.actorToken(), { header: { alg: 'rs256' } }),
    ],
    ['actor-token-algorithm', 'no alg', async () => resewn(await world.actorToken(), { header: { alg: undefined } })],
    ['actor-token-header', 'jku', () => world.actorToken({}, { jku: 'https://evil.example/keys' })],
    ['actor-token-header', 'x5u', () => world.actorToken({}, { x5u: 'https://evil.example/cert' })],
    [
      'actor-token-header',
      'a key of its own (jwk)',
      () => world.actorToken({}, { jwk: { kty: 'RSA', n: 'AQ', e: 'AQAB' } }),
    ],
    ['actor-token-header', 'a certificate of its own (x5c)', () => world.actorToken({}, { x5c: ['MIIB'] })],
    ['actor-token-header', 'crit', async () => resewn(await world.actorToken(), { header: { crit: ['exp'] } })],
    ['actor-token-key', 'an unknown kid', () => world.actorToken({}, { kid: 'entra-2' })],
    ['actor-token-key', 'no kid', () => world.actorToken({}, { kid: undefined })],
    ['actor-token-key', 'a kid that is a path', () => world.actorToken({}, { kid: '../../dev/null' })],
    [
      'actor-token-signature',
      'another key under the known kid',
      async () =>
        new SignJWT(world.claims()).setProtectedHeader({ alg: 'RS256', kid: 'entra-1' }).sign(await world.strangeKey()),
    ],
    [
      'actor-token-signature',
      'another person put in',
      async () => resewn(await world.actorToken(), { claims: { oid: FABRIKAM } }),
    ],
    [
      'actor-token-signature',
      'a later end put in',
      async () => resewn(await world.actorToken(), { claims: { exp: now() + 9_999 } }),
    ],
    [
      'actor-token-signature',
      'the signature of another token',
      async () => {
        const [head, other] = [await world.actorToken(), await world.actorToken({ nonce: 'other' })];
        return [...head.split('.').slice(0, 2), other.split('.')[2]].join('.');
      },
    ],
    [
      'actor-token-issuer',
      'the right key and another issuer',
      () => world.actorToken({ iss: 'https://login.evil.example/v2.0' }),
    ],
    ['actor-token-issuer', 'another tenant’s issuer', () => world.actorToken({ iss: ISSUERS.v2(FABRIKAM) })],
    ['actor-token-issuer', 'another tenant, but this issuer', () => world.actorToken({ tid: FABRIKAM })],
    [
      'actor-token-issuer',
      'the issuer as metadata has it, with {tid}',
      () => world.actorToken({ iss: ISSUERS.v2('{tid}') }),
    ],
    ['actor-token-issuer', 'the common issuer', () => world.actorToken({ iss: ISSUERS.v2('common') })],
    ['actor-token-issuer', 'no issuer', () => world.actorToken({ iss: undefined })],
    ['actor-token-issuer', 'an issuer with a slash more', () => world.actorToken({ iss: `${ISSUERS.v2()}/` })],
    ['actor-token-issuer', 'an issuer that is a list', () => world.actorToken({ iss: [ISSUERS.v2()] })],
    ['actor-token-issuer', 'the older service, while it is switched off', () => world.actorToken({}, {}, 'legacy')],
    [
      'actor-token-audience',
      'another application’s audience',
      () => world.actorToken({ aud: 'c0ffee00-0000-4000-8000-00000000dead' }),
    ],
    [
      'actor-token-audience',
      'the v1 audience in a v2 token',
      () => world.actorToken({ aud: `api://auth-am-x/${CLIENT}` }),
    ],
    ['actor-token-audience', 'our address as the audience', () => world.actorToken({ aud: PUBLIC_URL })],
    ['actor-token-audience', 'many audiences, ours among them', () => world.actorToken({ aud: ['x', CLIENT] })],
    ['actor-token-audience', 'no audience', () => world.actorToken({ aud: undefined })],
    ['actor-token-audience', 'the v2 audience in a v1 token', () => world.actorToken({ aud: CLIENT }, {}, 'v1')],
    [
      'actor-token-expired',
      'expired by more than the five minutes clocks may differ',
      () => world.actorToken({ exp: now() - 5 * MINUTE - 1 }),
    ],
    ['actor-token-not-yet', 'not valid yet by more than that', () => world.actorToken({ nbf: now() + 5 * MINUTE + 2 })],
    ['actor-token-claims', 'no end', () => world.actorToken({ exp: undefined })],
    ['actor-token-claims', 'no beginning', () => world.actorToken({ nbf: undefined })],
    ['actor-token-claims', 'an end that is text', () => world.actorToken({ exp: String(now() + 60) })],
    [
      'actor-token-service',
      'azp of another application',
      () => world.actorToken({ azp: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346' }),
    ],
    ['actor-token-service', 'no azp', () => world.actorToken({ azp: undefined })],
    [
      'actor-token-service',
      'appid in place of azp',
      () => world.actorToken({ azp: undefined, appid: '48af08dc-f6d2-435f-b2a7-069abd99c086' }),
    ],
    ['actor-token-service', 'v1 with the wrong appid', () => world.actorToken({ appid: CLIENT }, {}, 'v1')],
    ['actor-token-claims', 'nobody (no oid)', () => world.actorToken({ oid: undefined })],
    ['actor-token-claims', 'an oid that is no id', () => world.actorToken({ oid: 'chloe' })],
    [
      'actor-token-tenant',
      'a person of another tenant',
      () => world.actorToken({ tid: FABRIKAM, iss: ISSUERS.v2(FABRIKAM) }),
    ],
    [
      'actor-token-malformed',
      'claims given twice',
      async () => world.actorTokenOf(JSON.stringify(world.claims()).replace('{', `{"oid":"${FABRIKAM}",`)),
    ],
    [
      'actor-token-malformed',
      'claims given twice in two spellings',
      async () => world.actorTokenOf(JSON.stringify(world.claims()).replace('{', `{"\\u006fid":"${FABRIKAM}",`)),
    ],
    ['actor-token-malformed', 'claims that are a list', () => world.actorTokenOf('[]')],
    ['actor-token-malformed', 'cut off in the claims', async () => (await world.actorToken()).slice(0, 120)],
    [
      'actor-token-malformed',
      'without a signature’s dot',
      async () => (await world.actorToken()).split('.').slice(0, 2).join('.'),
    ],
    ['actor-token-malformed', 'five parts, as if encrypted', async () => `${await world.actorToken()}.a.b`],
    ['actor-token-malformed', 'longer than any token', () => world.actorToken({ groups: 'x'.repeat(20_000) })],
    ['actor-token-malformed', 'padding in base64', async () => (await world.actorToken()).replace('.', '=.')],
    ['actor-token-malformed', 'no JWT at all', () => 'hello'],
  ])('is refused as %s with %s', async (code, _what, forge) => {
    const [forged, good] = [await forge(), await world.actorToken()];

    const refused = await world.press({ token: ours }, { token: forged });
    const passed = await world.press({ token: ours }, { token: good });

    expect([JSON.parse(refused.text).code, refused.status]).toEqual([code, code === 'actor-token-tenant' ? 403 : 401]);
    expect(refused.headers.get('card-action-status')).toMatch(/^[\x20-\x7E\xA0-\xFF]+$/);
    expect(refused.text).not.toContain(CHLOE);
    expect(passed.status).toBe(200);
  });

  it.each<[string, string, (token: string) => Record<string, string>]>([
    ['actor-token-missing', 'no header', () => ({ authorization: '' })],
    ['actor-token-malformed', 'a token in both headers', (token) => ({ 'action-authorization': `Bearer ${token}` })],
    [
      'actor-token-malformed',
      'two tokens in one header',
      (token) => ({ authorization: `Bearer ${token}, Bearer ${token}` }),
    ],
    ['actor-token-malformed', 'another scheme', (token) => ({ authorization: `Basic ${token}` })],
    ['actor-token-malformed', 'no scheme', (token) => ({ authorization: token })],
  ])('is refused as %s with %s', async (code, _what, headers) => {
    const token = await world.actorToken();

    const refused = await world.press({ token: ours }, { token, headers: headers(token) });

    expect([JSON.parse(refused.text).code, refused.status]).toEqual([code, 401]);
    expect((await world.press({ token: ours }, { token })).status).toBe(200);
  });

  it.each<[string, 'v2' | 'v1', object]>([
    ['v2', 'v2', {}],
    ['v1', 'v1', {}],
    ['one that ended less than five minutes ago', 'v2', { exp: -5 * MINUTE + 2 }],
    ['one that begins in less than five minutes', 'v2', { nbf: 5 * MINUTE - 2 }],
  ])('passes: %s', async (_what, form, times) => {
    const moved = Object.fromEntries(Object.entries(times).map(([claim, by]) => [claim, now() + Number(by)]));

    expect((await world.press({ token: ours }, { token: await world.actorToken(moved, {}, form) })).status).toBe(200);
  });

  it('of the older service passes when it is switched on, and not for another address or mailbox', async () => {
    const older = await anActionsWorld({ legacy: true });
    const token = bodyOf(buttonsOf(older.card())[0]).token;
    const codeFor = async (claims: object) => {
      const { status, text } = await older.press({ token }, { token: await older.actorToken(claims, {}, 'legacy') });
      return status === 200 ? 200 : JSON.parse(text).code;
    };

    expect(await codeFor({})).toBe(200);
    expect(await codeFor({ aud: 'https://tidings.example.evil.example' })).toBe('actor-token-audience');
    expect(await codeFor({ appid: CLIENT })).toBe('actor-token-service');
    expect(await codeFor({ sub: 'chloe@contoso.example' })).toBe('actor-token-claims');
    expect(await codeFor({ iss: 'https://substrate.office.com/sts' })).toBe('actor-token-issuer');
  });
});

describe('our own token', () => {
  /** A token as ours, of another making. */
  function made(change: {
    key?: number;
    id?: string;
    issuedAt?: number;
    event?: string;
    digest?: string;
    action?: string;
    account?: string;
  }): string {
    const { key = 1, id = 'k1', issuedAt, ...named } = change;
    const tokens = createAnswerTokens({
      tokens: createSignedTokens({ keys: aKeyRing(aKey(id, key)), now: world.clock.now }),
      publicUrl: PUBLIC_URL,
      buttons: true,
    });
    const { d, a, e, n, iat } = decode(ours.split('.')[1]);
    const answerable = { digest: d, account: a, event: e, action: n, ...named };
    return tokens.linksTo(answerable, issuedAt ?? iat * 1_000).post?.token ?? '';
  }
  const link = () =>
    new URL(
      world.tokens.linksTo({ digest: 'x', account: 'acme', action: 'y' }, world.clock.now()).page,
    ).searchParams.get('t') ?? '';
  const otherButton = () => bodyOf(buttonsOf(world.card())[1]).token;

  it.each<[string, number, string, Forge]>([
    ['action-token-purpose', 401, 'the one of the link beside it', link],
    [
      'action-token-purpose',
      401,
      'a session',
      () => world.signedTokens.sign({ purpose: 'bearer', claims: decode(ours.split('.')[1]), lifetimeSeconds: 60 }),
    ],
    ['action-token-purpose', 401, 'a purpose put in its header', () => resewn(ours, { header: { typ: 'link' } })],
    ['action-token-key', 401, 'a key version that was withdrawn', () => made({ id: 'k0' })],
    ['action-token-key', 401, 'no key version', () => resewn(ours, { header: { kid: undefined } })],
    ['action-token-signature', 401, 'another key under the known version', () => made({ key: 2 })],
    ['action-token-signature', 401, 'another action put in', () => resewn(ours, { claims: { n: 'delete' } })],
    [
      'action-token-signature',
      401,
      'another event put in',
      () => resewn(ours, { claims: { e: decode(otherButton().split('.')[1]).e } }),
    ],
    ['action-token-signature', 401, 'another digest put in', () => resewn(ours, { claims: { d: 'sub_1_1' } })],
    ['action-token-signature', 401, 'another account put in', () => resewn(ours, { claims: { a: 'fabrikam' } })],
    [
      'action-token-signature',
      401,
      'alg none',
      () =>
        `${resewn(ours, { header: { alg: 'none' } })
          .split('.')
          .slice(0, 2)
          .join('.')}.`,
    ],
    [
      'action-token-signature',
      401,
      'one letter changed in the signature',
      () => ours.slice(0, -3) + (ours.at(-3) === 'A' ? 'B' : 'A') + ours.slice(-2),
    ],
    [
      'action-token-signature',
      401,
      'signed with the key itself, not the one for its purpose',
      () => {
        const [header, payload] = ours.split('.');
        return `${header}.${payload}.${createHmac('sha256', aKey('k1', 1).bytes).update(`${header}.${payload}`).digest('base64url')}`;
      },
    ],
    ['action-token-expired', 410, '31 days old', () => made({ issuedAt: world.clock.now() - 31 * 86_400_000 })],
    ['action-unknown', 410, 'of an action that the event does not have', () => made({ action: 'delete' })],
    ['action-unknown', 410, 'of an event that is not in the digest', () => made({ event: 'AAAAAAAAAAAAAAAAAAAAAA' })],
    ['action-unknown', 410, 'of no event', () => made({ event: '' })],
    ['action-unknown', 410, 'of another digest of the channel', () => made({ digest: `${world.subscription.id}_1` })],
    ['action-unknown', 410, 'of what is no digest', () => made({ digest: '../../x' })],
    ['action-gone', 410, 'of another subscription', () => made({ digest: 'sub_999_1' })],
    ['action-gone', 410, 'of another account', () => made({ account: 'fabrikam' })],
    ['action-token-malformed', 401, 'cut off', () => ours.slice(0, 60)],
    ['action-token-malformed', 401, 'longer than any', () => ours + 'A'.repeat(5_000)],
    ['action-token-malformed', 401, 'not substituted', () => '{{token.value}}'],
    [
      'action-token-claims',
      401,
      'without what it answers',
      () => world.signedTokens.sign({ purpose: 'action', claims: {}, lifetimeSeconds: 60 }),
    ],
    ['action-token-missing', 400, 'empty', () => ''],
  ])('is refused as %s (%d): %s', async (code, status, _what, forge) => {
    const forged = await forge();

    const refused = await world.press({ token: forged });
    const passed = await world.press({ token: ours });

    expect([JSON.parse(refused.text).code, refused.status]).toEqual([code, status]);
    expect(refused.headers.get('card-action-status')).toMatch(/^[\x20-\x7E\xA0-\xFF]+$/);
    expect(passed.status).toBe(200);
  });

  it.each<[string, string, string]>([
    ['no JSON', '{"token":', 'invalid-request'],
    ['a list', '[]', 'invalid-request'],
    ['a number as token', '{"token":1}', 'action-token-missing'],
    ['a body past all measure', JSON.stringify({ token: 'x', values: { a: 'x'.repeat(70_000) } }), 'invalid-request'],
  ])('is refused in %s', async (_what, body, code) => {
    const refused = await world.press(body);

    expect([refused.status, JSON.parse(refused.text).code]).toEqual([400, code]);
  });
});

it('says the same whatever else is wrong, so that nobody finds out which secret part was right', async () => {
  const strange = await new SignJWT({ ...world.claims(), azp: 'x', oid: 'y', aud: 'z' })
    .setProtectedHeader({ alg: 'RS256', kid: 'entra-1' })
    .sign(await world.strangeKey());
  const almost = await new SignJWT(world.claims())
    .setProtectedHeader({ alg: 'RS256', kid: 'entra-1' })
    .sign(await world.strangeKey());
  const said = async (body: string, token?: string) => {
    const { status, text, headers } = await world.press({ token: body }, token === undefined ? {} : { token });
    return JSON.stringify([status, text, headers.get('card-action-status')]);
  };

  expect(await said(ours, strange)).toBe(await said(ours, almost));
  expect(await said('hello', almost)).toBe(await said(ours, almost));
  const wrong = [{ n: 'rerun2' }, { e: 'x' }, { d: 'sub_0_0' }, { a: 'other' }].map((claims) =>
    resewn(ours, { claims }),
  );
  expect(new Set(await Promise.all(wrong.map((token) => said(token)))).size).toBe(1);
});

it('did the one thing that the good token asked for, once', () => {
  expect(world.told).toHaveLength(1);
});
