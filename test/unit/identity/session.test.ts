/** Sessions: bearer and cookie, and what each is good for. */
import { createSessions, type Session, type SessionForm, sessionCookie } from '../../../shared/identity/session.ts';
import { createSignedTokens } from '../../../shared/identity/signed-token.ts';
import { aKey, aKeyRing, NOW } from './fixtures.ts';

const SESSION: Session = { account: 'acme/#?', person: { sub: 'ada' }, role: 'admin', timeZone: 'Europe/Berlin' };
const MINUTE = 60_000;

function sessionsAt(now: number) {
  return createSessions(createSignedTokens({ keys: aKeyRing(aKey('k', 1)), now: () => now }));
}

async function tokenOf(form: SessionForm): Promise<string> {
  return (await sessionsAt(NOW).issue(form, SESSION)).token;
}

function aRequest(method: string, headers: Record<string, string>) {
  return { method, headers: new Headers(headers) };
}

it('reads a session from a bearer token', async () => {
  const token = await tokenOf('bearer');

  const session = await sessionsAt(NOW).read(aRequest('POST', { authorization: `Bearer ${token}` }));

  expect(session).toEqual(SESSION);
});

it('reads a session from its cookie among others', async () => {
  const token = await tokenOf('cookie');

  const cookie = `a=b; x__Host-tidings-session=no; __Host-tidings-session=${token}; c`;
  const session = await sessionsAt(NOW).read(aRequest('GET', { cookie }));

  expect(session).toEqual(SESSION);
});

it('gives the cookie every guard a browser knows', async () => {
  const issued = await sessionsAt(NOW).issue('cookie', SESSION);

  const cookie = sessionCookie(issued);

  expect(cookie).toEqual({
    name: '__Host-tidings-session',
    value: issued.token,
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'Lax',
    maxAge: 3600,
  });
});

it.each([
  ['bearer', 15 * MINUTE - 1, true],
  ['bearer', 15 * MINUTE, false],
  ['cookie', 60 * MINUTE - 1, true],
  ['cookie', 60 * MINUTE, false],
] as const)('a %s is good after %d ms: %s', async (form, after, good) => {
  const token = await tokenOf(form);
  const headers =
    form === 'bearer' ? { authorization: `Bearer ${token}` } : { cookie: `__Host-tidings-session=${token}` };

  const reading = sessionsAt(NOW + after).read(aRequest('GET', headers));

  if (good) await expect(reading).resolves.toEqual(SESSION);
  else await expect(reading).rejects.toMatchObject({ code: 'session-expired', status: 401 });
});

it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('refuses a %s that carries only the cookie', async (method) => {
  const cookie = `__Host-tidings-session=${await tokenOf('cookie')}`;
  const sessions = sessionsAt(NOW);

  const bare = sessions.read(aRequest(method, { cookie }));
  const own = sessions.read(aRequest(method, { cookie, 'x-requested-with': 'tidings' }));

  await expect(bare).rejects.toMatchObject({ code: 'request-header-required', status: 403 });
  await expect(own).resolves.toEqual(SESSION);
});

it.each<[string, () => Promise<Record<string, string>>, string]>([
  ['nothing', async () => ({}), 'session-required'],
  ['an empty cookie', async () => ({ cookie: '__Host-tidings-session=' }), 'session-required'],
  [
    'the cookie’s token as a bearer',
    async () => ({ authorization: `Bearer ${await tokenOf('cookie')}` }),
    'invalid-session',
  ],
  [
    'the bearer as a cookie',
    async () => ({ cookie: `__Host-tidings-session=${await tokenOf('bearer')}` }),
    'invalid-session',
  ],
  ['a basic login', async () => ({ authorization: 'Basic YTpi' }), 'invalid-session'],
  ['two bearers', async () => ({ authorization: 'Bearer a, Bearer b' }), 'invalid-session'],
  ['a bearer that is not ours', async () => ({ authorization: 'Bearer a.b.c' }), 'invalid-session'],
  [
    'a bad bearer beside a good cookie',
    async () => ({ authorization: 'Bearer a.b.c', cookie: `__Host-tidings-session=${await tokenOf('cookie')}` }),
    'invalid-session',
  ],
])('refuses %s', async (_what, headers, code) => {
  const request = aRequest('GET', await headers());

  const reading = sessionsAt(NOW).read(request);

  await expect(reading).rejects.toMatchObject({ code, status: 401 });
});
