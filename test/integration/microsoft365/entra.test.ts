/** Entra and the older token service, each test titled with the fact it quotes. Sources: the stand-in's README. */
import { createHash } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { tenants } from '../../../infra/local/microsoft365/world/people.ts';
import { aClock, aMicrosoft365, anEnvelope, control, post, stopMicrosoft365 } from './a-microsoft365.ts';

afterEach(stopMicrosoft365);

const productUrl = 'http://127.0.0.1:7071';
const [contoso, fabrikam] = tenants.map(({ id }) => id);
const adele = '0b1ec700-0000-4000-8000-0000000000a1';
const elif = '0b1ec700-0000-4000-8000-0000000000b1';

async function getJson(url: string): Promise<Record<string, string>> {
  return JSON.parse(await (await fetch(url)).text());
}

async function token(url: string, request: Record<string, unknown>): Promise<string> {
  const { body } = await control(url, 'POST', '/tokens', request);
  return (body as { token: string }).token;
}

it.each([
  ['a tenant', contoso, contoso],
  ['another tenant', fabrikam, fabrikam],
  ['`common`, whose issuer names no tenant', 'common', '{tenantid}'],
])('publishes OpenID metadata for %s', async (_what, tenant, named) => {
  const { url } = await aMicrosoft365();

  const metadata = await getJson(`${url}/${tenant}/v2.0/.well-known/openid-configuration`);

  expect(metadata).toMatchObject({ issuer: `${url}/${named}/v2.0`, jwks_uri: `${url}/${tenant}/discovery/v2.0/keys` });
});

it('knows no other tenant', async () => {
  const { url } = await aMicrosoft365();

  const answer = await fetch(`${url}/00000000-0000-4000-8000-000000000000/v2.0/.well-known/openid-configuration`);

  expect(answer.status).toBe(400);
});

it.each([
  [
    'sso',
    '`iss` = `https://login.microsoftonline.com/{tid}/v2.0`; `aud` = app id; `scp` contains `access_as_user`; `ver` 2.0',
    '/{tid}/v2.0',
    { ver: '2.0', scp: 'access_as_user', azp: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346' },
    'clientId',
  ],
  [
    'action-v2',
    '`iss` v2, `aud` = app’s client id, `azp` Microsoft’s action service',
    '/{tid}/v2.0',
    { ver: '2.0', azp: '48af08dc-f6d2-435f-b2a7-069abd99c086', azpacr: '2', scp: 'Actions.Invoke' },
    'actionClientId',
  ],
  [
    'action-v1',
    '`iss` = `https://sts.windows.net/{tid}/`, `aud` = the App ID URI, `appid` the action service',
    '/sts.windows.net/{tid}/',
    { ver: '1.0', appid: '48af08dc-f6d2-435f-b2a7-069abd99c086', appidacr: '2', scp: 'Actions.Invoke' },
    'actionAudience',
  ],
] as const)('%s token: "%s"', async (kind, _fact, issuer, claims, audience) => {
  const { url, api } = await aMicrosoft365({ productUrl });
  const keys = createRemoteJWKSet(new URL(`${url}/common/discovery/v2.0/keys`));

  const { payload, protectedHeader } = await jwtVerify(await token(url, { kind, user: elif }), keys);

  expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' });
  expect(payload).toMatchObject({
    ...claims,
    iss: url + issuer.replace('{tid}', fabrikam ?? ''),
    aud: api.world.app[audience],
    tid: fabrikam,
    oid: elif,
  });
});

it('"in v2 `sub` is pairwise per app (not the object id)"', async () => {
  const { url } = await aMicrosoft365({ app: { actionClientId: 'c0ffee00-0000-4000-8000-000000000009' } });

  const [sso, action] = [
    decodeJwt(await token(url, { kind: 'sso' })),
    decodeJwt(await token(url, { kind: 'action-v2' })),
  ];

  expect(new Set([sso.sub, action.sub, adele]).size).toBe(3);
});

it('action-legacy token: `aud` is "base URL of the target, scheme+host, no path", `sub` "Entra object id for connectors", `ver` `STI.ExternalAccessToken.V1`', async () => {
  const { url } = await aMicrosoft365();
  const metadata = await getJson(`${url}/substrate/sts/common/.well-known/openid-configuration`);
  const keys = createRemoteJWKSet(new URL(metadata['jwks_uri'] ?? ''));

  const made = await token(url, { kind: 'action-legacy', target: 'https://api.contoso.com/actions?x=1' });
  const { payload } = await jwtVerify(made, keys);

  expect(payload).toMatchObject({
    iss: `${url}/substrate/sts/`,
    aud: 'https://api.contoso.com',
    sub: adele,
    tid: contoso,
    appid: '48af08dc-f6d2-435f-b2a7-069abd99c086',
    appidacr: '2',
    acr: '0',
    ver: 'STI.ExternalAccessToken.V1',
  });
  expect(payload).not.toHaveProperty('sender');
  // "with slash; the metadata fixture's issuer has none"
  expect(metadata['issuer']).toBe(`${url}/substrate/sts`);
});

it.each(['sso', 'action-v2', 'action-v1', 'action-legacy'])(
  '%s token: "about 1 h life", by the clock of this Microsoft 365',
  async (kind) => {
    const clock = aClock('2026-11-21T09:00:00Z');
    const { url } = await aMicrosoft365({ clock });

    const { iat = 0, nbf = 0, exp } = decodeJwt(await token(url, { kind }));

    expect([iat, exp]).toEqual([clock.now() / 1_000, clock.now() / 1_000 + 3_600]);
    expect(nbf).toBeLessThanOrEqual(iat);
  },
);

it('the older tokens are signed with keys of their own', async () => {
  const { url } = await aMicrosoft365();
  const entra = createRemoteJWKSet(new URL(`${url}/common/discovery/v2.0/keys`));

  const verified = jwtVerify(await token(url, { kind: 'action-legacy' }), entra);

  await expect(verified).rejects.toThrow('no applicable key');
});

it('says Microsoft’s own issuers when asked to', async () => {
  const { url } = await aMicrosoft365({ issuers: { v2: 'https://login.microsoftonline.com/{tid}/v2.0' } });

  const { iss } = decodeJwt(await token(url, { kind: 'sso' }));

  expect(iss).toBe(`https://login.microsoftonline.com/${contoso}/v2.0`);
});

it('rotates keys: new tokens carry a new `kid`, old ones stay good until the old key is dropped', async () => {
  const { url } = await aMicrosoft365();
  const old = await token(url, { kind: 'sso' });
  const verify = (one: string) =>
    jwtVerify(one, createRemoteJWKSet(new URL(`${url}/common/discovery/v2.0/keys`))).then(
      () => 'good',
      () => 'bad',
    );

  await control(url, 'POST', '/keys/rotate', {});
  const afterRotation = [await verify(old), await verify(await token(url, { kind: 'sso' }))];
  await control(url, 'POST', '/keys/rotate', { drop: true });
  const afterDrop = [await verify(old), await verify(await token(url, { kind: 'sso' }))];

  expect([afterRotation, afterDrop]).toEqual([
    ['good', 'good'],
    ['bad', 'good'],
  ]);
  expect(decodeProtectedHeader(await token(url, { kind: 'sso' })).kid).not.toBe(decodeProtectedHeader(old).kid);
});

it.each([
  ['a claim changed', { claims: { aud: 'another' } }, (made: string) => decodeJwt(made).aud, 'another'],
  ['a claim taken away', { claims: { azp: null } }, (made: string) => decodeJwt(made)['azp'], undefined],
  [
    'a header field added',
    { header: { jku: 'https://evil.example' } },
    (made: string) => decodeProtectedHeader(made).jku,
    'https://evil.example',
  ],
])('makes a good token with one thing changed: %s', async (_what, request, read, expected) => {
  const { url } = await aMicrosoft365();

  const made = await token(url, { kind: 'action-v2', ...request });

  expect(read(made)).toBe(expected);
});

it.each([
  ['unknown', 'no applicable key'],
  ['impostor', 'signature verification failed'],
])('signs with the wrong key when asked to: %s', async (key, reason) => {
  const { url } = await aMicrosoft365();
  const keys = createRemoteJWKSet(new URL(`${url}/common/discovery/v2.0/keys`));

  const verified = jwtVerify(await token(url, { kind: 'sso', key }), keys);

  await expect(verified).rejects.toThrow(reason);
});

it.each([
  ['granted', 'a token', expect.any(String)],
  ['refused', '`CancelledByUser`', undefined],
  ['required', '`resourceRequiresConsent`', undefined],
])('getAuthToken with consent %s answers %s', async (consent, reason, made) => {
  const { url } = await aMicrosoft365();
  await control(url, 'PATCH', `/users/${adele}`, { consent });

  const answer = await fetch(`${url}/_host/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: adele, host: 'outlook' }),
  });
  const body = JSON.parse(await answer.text());

  expect(body).toEqual(
    consent === 'granted' ? { ok: true, token: made } : { ok: false, reason: reason.replaceAll('`', '') },
  );
});

describe('signing in through a window of its own', () => {
  const verifier = 'v'.repeat(43);
  const redirect = `${productUrl}/signed-in`;
  const challenge = createHash('sha256').update(verifier).digest('base64url');

  async function signIn(fields: Record<string, string> = {}) {
    const { url, api } = await aMicrosoft365({ productUrl });
    const form = {
      client_id: api.world.app.clientId,
      redirect_uri: redirect,
      response_type: 'code',
      state: 's',
      nonce: 'n',
      code_challenge: challenge,
      user: adele,
      decision: 'accept',
    };
    const answer = await fetch(`${url}/common/oauth2/v2.0/authorize`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, ...fields }),
      redirect: 'manual',
    });
    const exchangeForm = (body: Record<string, string>) =>
      fetch(`${url}/common/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(body) });
    const exchange = (code: string, given: string) =>
      exchangeForm({
        grant_type: 'authorization_code',
        client_id: form.client_id,
        redirect_uri: redirect,
        code,
        code_verifier: given,
      });
    const query = new URL(answer.headers.get('location') ?? 'http://none').searchParams;
    return { answer, exchange, exchangeForm, clientId: form.client_id, query };
  }

  it('gives a code for PKCE, once, and for its verifier alone', async () => {
    const { exchange, query } = await signIn();
    const wrong = await signIn();

    const good = await exchange(query.get('code') ?? '', verifier);
    const again = await exchange(query.get('code') ?? '', verifier);
    const stolen = await wrong.exchange(wrong.query.get('code') ?? '', 'w'.repeat(43));
    const { id_token } = JSON.parse(await good.text());

    expect([query.get('state'), good.status, again.status, stolen.status]).toEqual(['s', 200, 400, 400]);
    expect(decodeJwt(id_token)).toMatchObject({ nonce: 'n', oid: adele, tid: contoso });
  });

  it('gives an id token in the fragment to those who ask for one', async () => {
    const { answer } = await signIn({ response_type: 'id_token' });

    const fragment = new URLSearchParams(new URL(answer.headers.get('location') ?? '').hash.slice(1));

    expect(decodeJwt(fragment.get('id_token') ?? '')).toMatchObject({ nonce: 'n', oid: adele });
  });

  it('tells when the person declined', async () => {
    const { query } = await signIn({ decision: 'cancel' });

    expect([query.get('error'), query.get('code')]).toEqual(['access_denied', null]);
  });

  it('gives nothing for a code that was made for another redirect address or application', async () => {
    const [first, second] = [await signIn(), await signIn()];
    const body = (code: string, differs: Record<string, string>) => ({
      grant_type: 'authorization_code',
      client_id: first.clientId,
      redirect_uri: redirect,
      code,
      code_verifier: verifier,
      ...differs,
    });

    const answers = [
      await first.exchangeForm(body(first.query.get('code') ?? '', { redirect_uri: `${productUrl}/elsewhere` })),
      await second.exchangeForm(body(second.query.get('code') ?? '', { client_id: 'another' })),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
  });

  it.each([
    ['redirect address', { redirect_uri: 'https://evil.example/' }, 'AADSTS50011'],
    ['application', { client_id: 'another' }, 'AADSTS700016'],
  ])('shows no form for an unknown %s', async (_what, fields, code) => {
    const { url, api } = await aMicrosoft365({ productUrl });
    const query = { client_id: api.world.app.clientId, redirect_uri: redirect, ...fields };

    const page = await fetch(`${url}/common/oauth2/v2.0/authorize?${new URLSearchParams(query)}`);
    const text = await page.text();

    expect([page.status, text.includes(code), text.includes('<form')]).toEqual([400, true, false]);
  });

  it('redirects to no address that was not registered', async () => {
    const { answer } = await signIn({ redirect_uri: 'https://evil.example/' });

    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  it('"login pages cannot render in the frame"', async () => {
    const { url, api } = await aMicrosoft365({ productUrl });
    const query = new URLSearchParams({ client_id: api.world.app.clientId, redirect_uri: redirect });

    const page = await fetch(`${url}/common/oauth2/v2.0/authorize?${query}`);

    expect([page.status, page.headers.get('x-frame-options')]).toEqual([200, 'DENY']);
  });
});

it.each([
  ['tenant', 'their own tenant', adele, {}, 202],
  ['tenant', 'another tenant', elif, {}, 401],
  ['tenant', 'their own tenant, with a token for something else', adele, { aud: 'another' }, 401],
  ['users', 'the list', adele, {}, 202],
  ['users', 'the tenant but not the list', '0b1ec700-0000-4000-8000-0000000000a2', {}, 401],
])(
  'a flow for *%s* takes "an Entra bearer" of somebody from %s or not',
  async (callers, _who, user, claims, expected) => {
    const { url, api } = await aMicrosoft365();
    const webhook = api.createWebhook({ kind: 'workflow', quirks: { callers, allowedUsers: [adele] } });
    const bearer = await token(url, { kind: 'flow', user, claims });

    const answer = await post(webhook, anEnvelope, { authorization: `Bearer ${bearer}` });

    expect(answer.status).toBe(expected);
  },
);
