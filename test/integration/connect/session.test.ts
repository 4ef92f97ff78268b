/** `POST` and `DELETE /session`, through their handlers. */
import type { KeyVault } from '../../../infra/local/key-vault/server.ts';
import {
  aBrowser,
  aConnectVault,
  aConnectWorld,
  type ConnectWorld,
  headerOf,
  PRODUCT,
  PUBLIC_URL,
  textOf,
} from './connect-world.ts';

let vault: KeyVault;
let world: ConnectWorld;
beforeAll(async () => {
  vault = await aConnectVault();
  world = await aConnectWorld({ vault });
});
afterAll(() => vault.stop());

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

it('trades a setup token for a bearer, and sets no cookie', async () => {
  const body = JSON.stringify({ setupToken: await world.setupToken({ role: 'admin' }) });

  const answer = await world.call('POST', '/session', { headers: JSON_TYPE, body });

  expect(answer).toMatchObject({
    status: 200,
    jsonBody: {
      account: 'acme/#?',
      person: { sub: 'ada' },
      expiresInSeconds: 900,
      token: expect.stringMatching(/^eyJ/),
    },
    cookies: [],
  });
  expect(headerOf(answer, 'cache-control')).toBe('no-store');
  const headers = new Headers({ authorization: `Bearer ${answer.jsonBody.token}` });
  expect(await world.sessions.read({ method: 'POST', headers })).toMatchObject({ account: 'acme/#?', role: 'admin' });
});

it('sets a cookie for a page that asks for one, and gives no token to its script', async () => {
  const body = JSON.stringify({ setupToken: await world.setupToken(), as: 'cookie' });

  const answer = await world.call('POST', '/session', { headers: { ...JSON_TYPE, origin: PUBLIC_URL }, body });

  expect(answer.jsonBody).not.toHaveProperty('token');
  expect(answer.cookies).toEqual([
    expect.objectContaining({
      name: '__Host-tidings-session',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      path: '/',
    }),
  ]);
});

it.each([
  [undefined, '/config'],
  ['/connect', '/connect'],
])('takes the product’s form and goes on to %s', async (next, location) => {
  const form = { setupToken: await world.setupToken(), ...(next === undefined ? {} : { next }) };

  const answer = await world.call('POST', '/session', {
    headers: { ...FORM_TYPE, origin: PRODUCT },
    body: new URLSearchParams(form).toString(),
  });

  expect(answer).toMatchObject({ status: 303, cookies: [{ name: '__Host-tidings-session' }] });
  expect(headerOf(answer, 'location')).toBe(location);
});

it.each(['https://evil.example', '//evil.example', '/config/../x', 'javascript:alert(1)'])(
  'does not go on to %s',
  async (next) => {
    const form = { setupToken: await world.setupToken(), next };

    const answer = await world.call('POST', '/session', {
      headers: FORM_TYPE,
      body: new URLSearchParams(form).toString(),
    });

    expect(answer.status).toBe(400);
    expect(textOf(answer)).toContain('invalid-request');
    expect(textOf(answer)).not.toContain('evil');
  },
);

it.each(['https://evil.example', 'null', `${PUBLIC_URL}.evil.example`, 'http://tidings.example'])(
  'lets no page of %s sign this browser in',
  async (origin) => {
    const body = new URLSearchParams({ setupToken: await world.setupToken() }).toString();

    const answer = await world.call('POST', '/session', { headers: { ...FORM_TYPE, origin }, body });

    expect(answer.status).toBe(403);
    expect(textOf(answer)).toContain('foreign-origin');
    expect(answer.cookies).toBeUndefined();
  },
);

it('answers a form with a page and JSON with JSON when the token is refused', async () => {
  const token = await world.setupToken({ aud: 'https://elsewhere.example' });

  const page = await world.call('POST', '/session', {
    headers: FORM_TYPE,
    body: new URLSearchParams({ setupToken: token }).toString(),
  });
  const problem = await world.call('POST', '/session', {
    headers: JSON_TYPE,
    body: JSON.stringify({ setupToken: token }),
  });

  expect(page.status).toBe(401);
  expect(headerOf(page, 'content-type')).toBe('text/html; charset=utf-8');
  expect(textOf(page)).toContain('setup-token-audience');
  expect(problem.status).toBe(401);
  expect(JSON.parse(textOf(problem))).toMatchObject({ code: 'setup-token-audience', status: 401 });
  expect(textOf(page) + textOf(problem)).not.toContain(token);
});

it('takes a token once, whoever brings it and however close together', async () => {
  const body = JSON.stringify({ setupToken: await world.setupToken() });

  const answers = await Promise.all(
    Array.from({ length: 5 }, () => world.call('POST', '/session', { headers: JSON_TYPE, body })),
  );

  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409, 409]);
});

it.each([
  ['no body', ''],
  ['no JSON', '{"setupToken":'],
  ['a list', '[]'],
  ['no token', '{}'],
  ['an empty token', '{"setupToken":""}'],
  ['a token that is a number', '{"setupToken":1}'],
  ['an unknown form of session', '{"setupToken":"x","as":"header"}'],
  ['a body past all measure', JSON.stringify({ setupToken: 'x'.repeat(50_000) })],
])('refuses %s as a bad request', async (_what, body) => {
  const answer = await world.call('POST', '/session', { headers: JSON_TYPE, body });

  expect(answer.status).toBe(400);
  expect(JSON.parse(textOf(answer))).toMatchObject({ code: 'invalid-request' });
});

it('ends the cookie’s session, for its own page only', async () => {
  const browser = aBrowser(world);
  await browser.signIn();

  const foreign = await browser.send('DELETE', '/session');
  const own = await browser.send('DELETE', '/session', { headers: { 'x-requested-with': 'tidings' } });

  expect(foreign.status).toBe(403);
  expect(own.status).toBe(204);
  expect(browser.jar.size).toBe(0);
});
