/** Who someone is: links and codes, and every way to be somebody else that we know of, each refused for its own reason. */
import { type Answered, type ApiWorld, anApiWorld, aVerifier, CONTOSO, FABRIKAM, nonceOf } from './api-world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await anApiWorld();
}, 120_000);
afterAll(() => world?.stop());

const trade = (body: object, headers: Record<string, string> = {}) => world.call('POST', '/session', { body, headers });
const refusalOf = ({ status, json }: Answered) => [status, json?.code];
const withMicrosoft = async (name: string, change: object = {}) =>
  trade({ entraToken: await world.entraToken(name, change) });

describe('a person from Teams or Outlook', () => {
  it('is asked to sign in to the product once, and told where', async () => {
    const answer = await withMicrosoft('dai');

    expect(refusalOf(answer)).toEqual([403, 'account-link-required']);
    expect(answer.json.signInUrl).toBe(world.azure.product.signInUrl);
  });

  it('has a session by their link from then on, and may forget it', async () => {
    const linked = await world.link('adele', { account: 'acme', sub: 'ada' });
    const again = await withMicrosoft('adele');
    const forgotten = await world.call('DELETE', '/api/link', { token: again.json.token });
    const after = await withMicrosoft('adele');
    const twice = await world.call('DELETE', '/api/link', { token: again.json.token });

    expect(linked.json).toMatchObject({ account: 'acme', link: 'person', expiresInSeconds: 900 });
    expect(again.json).toMatchObject({ account: 'acme', link: 'person', person: { tid: CONTOSO, sub: 'ada' } });
    expect(forgotten.status).toBe(204);
    expect(refusalOf(after)).toEqual([403, 'account-link-required']);
    expect(refusalOf(twice)).toEqual([404, 'not-linked']);
  });

  it('is linked with their whole organisation by an admin only, who alone can undo it', async () => {
    const member = await world.link('elif', { account: 'globex', sub: 'e', role: 'member' }, { forTenant: true });
    const admin = await world.link('elif', { account: 'globex', sub: 'e', role: 'admin' }, { forTenant: true });
    const session = await withMicrosoft('elif');
    const forgotten = await world.call('DELETE', '/api/link', { token: session.json.token });

    expect(refusalOf(member)).toEqual([403, 'link-needs-admin']);
    expect(admin.json).toMatchObject({ account: 'globex', link: 'tenant' });
    expect(session.json).toMatchObject({ account: 'globex', link: 'tenant', person: { sub: 'e' } });
    expect(forgotten.status).toBe(204);
  });

  it('cannot undo or take over what another did for the organisation, but may have a link of their own', async () => {
    await world.link('ben', { account: 'acme', sub: 'ben', role: 'admin' }, { forTenant: true });

    const colleague = await withMicrosoft('chloe');
    const undone = await world.call('DELETE', '/api/link', { token: colleague.json.token });
    const taken = await world.link('chloe', { account: 'evil', sub: 'c', role: 'admin' }, { forTenant: true });
    const own = await world.link('chloe', { account: 'other', sub: 'c' });
    const now = [await withMicrosoft('chloe'), await withMicrosoft('dai')];

    expect(colleague.json).toMatchObject({ account: 'acme', link: 'tenant' });
    expect(colleague.json.person).not.toHaveProperty('sub');
    expect(refusalOf(undone)).toEqual([403, 'link-of-tenant']);
    expect(refusalOf(taken)).toEqual([409, 'tenant-linked-elsewhere']);
    expect(own.json).toMatchObject({ account: 'other', link: 'person' });
    expect(now.map(({ json }) => json.account)).toEqual(['other', 'acme']);
  });

  it.each([
    ['for another application', { claims: { aud: 'c0ffee00-0000-4000-8000-00000000ffff' } }, 'actor-token-audience'],
    ['without the permission', { kind: 'id' }, 'entra-token-scope'],
    ['with another permission', { claims: { scp: 'User.Read' } }, 'entra-token-scope'],
    ['of another tenant than its issuer', { claims: { tid: FABRIKAM } }, 'actor-token-issuer'],
    ['of an issuer that anyone could be', { claims: { iss: 'https://evil.example/v2.0' } }, 'actor-token-issuer'],
    ['that has expired', { claims: { exp: 1_600_000_000 } }, 'actor-token-expired'],
    ['that is not valid yet', { claims: { nbf: 4_000_000_000 } }, 'actor-token-not-yet'],
    ['with an unknown key', { key: 'unknown' }, 'actor-token-key'],
    ['with another key under a known name', { key: 'impostor' }, 'actor-token-signature'],
    ['that brings the address of its key', { header: { jku: 'https://evil.example/keys' } }, 'actor-token-header'],
    ['of nobody', { claims: { oid: null } }, 'actor-token-claims'],
  ])('is nobody with a token %s', async (_what, change, code) => {
    const answer = await withMicrosoft('adele', change);

    expect(refusalOf(answer)).toEqual([401, code]);
  });
});

describe('a sign-in window', () => {
  it('hands over a code that is good once, and gives whoever opened it a session', async () => {
    const verifier = aVerifier();
    const { json, status } = await world.code(verifier, { tid: CONTOSO });

    const first = await trade({ code: json.code, verifier, timeZone: 'Asia/Tokyo' });
    const second = await trade({ code: json.code, verifier });

    expect([status, Object.keys(json)]).toEqual([200, ['code']]);
    expect(first.json).toMatchObject({
      account: 'acme',
      person: { sub: 'ada', tid: CONTOSO },
      token: expect.any(String),
    });
    expect(refusalOf(second)).toEqual([409, 'code-used']);
  });

  it('gives a page of its own the session as a cookie, so that it can go on to Connect', async () => {
    const verifier = aVerifier();
    const { json } = await world.code(verifier);

    const answer = await trade({ code: json.code, verifier, as: 'cookie' });

    expect([answer.status, 'token' in answer.json]).toEqual([200, false]);
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-tidings-session=.+; HttpOnly/i);
  });

  it('lets nobody in who stole its code, nor spends it for its owner', async () => {
    const verifier = aVerifier();
    const { json } = await world.code(verifier);

    const stolen = await trade({ code: json.code, verifier: aVerifier() });
    const own = await trade({ code: json.code, verifier });

    expect(refusalOf(stolen)).toEqual([401, 'code-of-another-browser']);
    expect(own.status).toBe(200);
  });

  it('cannot be made to link a victim to the attacker’s account', async () => {
    const [attackers, victims] = [aVerifier(), aVerifier()];
    const { json } = await world.code(attackers, { account: 'evil', sub: 'mallory' });

    const slipped = await trade({
      code: json.code,
      verifier: victims,
      entraToken: await world.entraToken('adele'),
    });
    const after = await withMicrosoft('adele');

    expect(refusalOf(slipped)).toEqual([401, 'code-of-another-browser']);
    expect(after.json.account).not.toBe('evil');
  });

  it('does not link a person whom the product knows in another organisation', async () => {
    const answer = await world.link('adele', { account: 'globex', sub: 'gil', tid: FABRIKAM });

    expect(refusalOf(answer)).toEqual([403, 'link-of-another-tenant']);
  });

  it.each([
    ['a setup token for no window', 'code', {}],
    ['a window’s setup token, kept from its window,', 'bearer', { nonce: nonceOf(aVerifier()) }],
    ['a window’s setup token, kept from its window,', 'cookie', { nonce: nonceOf(aVerifier()) }],
  ])('refuses %s as %s', async (_what, as, claims) => {
    const answer = await trade({ setupToken: await world.setupToken(claims), as });

    expect(refusalOf(answer)).toEqual([401, 'setup-token-nonce']);
  });

  it('refuses a code that is none', async () => {
    const answer = await trade({ code: 'made-up', verifier: aVerifier() });

    expect(refusalOf(answer)).toEqual([401, 'code-unknown']);
  });
});

describe('signing in on Microsoft’s page', () => {
  const idToken = (nonce: string, change: object = {}, name = 'adele') =>
    world.entraToken(name, { kind: 'id', claims: { nonce }, ...change });
  const codeFor = async (name: string, verifier: string) => {
    const entraIdToken = await idToken(nonceOf(verifier), {}, name);
    return (await trade({ entraIdToken, as: 'code' })).json.code as string;
  };

  it('sets out from our own address, for a window that a page waits for', async () => {
    const nonce = nonceOf(aVerifier());

    const answer = await world.call('GET', `/signed-in?with=entra&nonce=${nonce}`);

    const to = new URL(answer.headers.get('location') ?? '');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([302, 'no-store']);
    expect(`${to.origin}${to.pathname}`).toBe(`${world.azure.microsoft365.url}/organizations/oauth2/v2.0/authorize`);
    expect(Object.fromEntries(to.searchParams)).toEqual({
      client_id: world.azure.microsoft365.api.world.app.clientId,
      response_type: 'id_token',
      response_mode: 'fragment',
      redirect_uri: `${world.url}/signed-in`,
      scope: 'openid profile',
      nonce,
      prompt: 'select_account',
    });
  });

  it.each([
    ['no nonce', ''],
    ['a short one', '&nonce=abc'],
    ['one that is no hash', `&nonce=${encodeURIComponent(`${'x'.repeat(42)}&`)}`],
  ])('does not set out with %s', async (_what, query) => {
    const answer = await world.call('GET', `/signed-in?with=entra${query}`);

    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    expect(answer.text).toContain('invalid-nonce');
  });

  it('opens nothing with the proof of a person alone, nor beside another person’s word', async () => {
    const [mine, product] = [aVerifier(), aVerifier()];
    const { personProof } = (await trade({ code: await codeFor('elif', mine), verifier: mine })).json;
    const { code } = (await world.code(product)).json;

    const alone = await world.call('GET', '/api/subscriptions', { token: personProof });
    const both = await trade({ code, verifier: product, personProof, entraToken: await world.entraToken('elif') });

    expect(personProof).toEqual(expect.any(String));
    expect(refusalOf(alone)).toEqual([401, 'invalid-session']);
    expect(refusalOf(both)).toEqual([400, 'invalid-request']);
  });

  it('asks for the product once, which links the person who was proven, and then is enough', async () => {
    const [first, product, second] = [aVerifier(), aVerifier(), aVerifier()];
    const unlinked = await trade({ code: await codeFor('elif', first), verifier: first });
    const { personProof, signInUrl } = unlinked.json;
    const { json } = await world.code(product, { account: 'initech', sub: 'e' });
    const linked = await trade({ code: json.code, verifier: product, personProof });

    const again = await trade({ code: await codeFor('elif', second), verifier: second, timeZone: 'Africa/Lagos' });

    expect(refusalOf(unlinked)).toEqual([403, 'account-link-required']);
    expect(signInUrl).toBe(world.azure.product.signInUrl);
    expect(linked.json).toMatchObject({ account: 'initech', link: 'person', person: { tid: FABRIKAM, sub: 'e' } });
    expect(again.json).toMatchObject({ account: 'initech', link: 'person', token: expect.any(String) });
  });

  it('lets nobody in who stole the code, and nobody twice', async () => {
    const verifier = aVerifier();
    await world.link('ben', { account: 'acme', sub: 'ben' });
    const code = await codeFor('ben', verifier);

    const stolen = await trade({ code, verifier: aVerifier() });
    const own = await trade({ code, verifier });
    const replayed = await trade({ code, verifier });

    expect(refusalOf(stolen)).toEqual([401, 'code-of-another-browser']);
    expect(own.json).toMatchObject({ account: 'acme', person: { tid: CONTOSO } });
    expect(refusalOf(replayed)).toEqual([409, 'code-used']);
  });

  it('takes an id token once', async () => {
    const entraIdToken = await idToken(nonceOf(aVerifier()));

    const answers = [await trade({ entraIdToken, as: 'code' }), await trade({ entraIdToken, as: 'code' })];

    expect(answers.map(({ status }) => status)).toEqual([200, 409]);
    expect(answers[1]?.json.code).toBe('id-token-used');
  });

  it.each([
    ['for acting in the app, which Teams gives', { kind: 'sso' }, 'entra-not-id-token'],
    [
      'for acting in the app, with a window’s nonce',
      { claims: { nonce: nonceOf('x'), scp: 'User.Read' } },
      'entra-not-id-token',
    ],
    ['of no window', { claims: {} }, 'entra-not-id-token'],
    ['with a nonce that is none of ours', { claims: { nonce: 'abc' } }, 'entra-not-id-token'],
    [
      'for another application',
      { claims: { nonce: nonceOf('x'), aud: 'c0ffee00-0000-4000-8000-00000000ffff' } },
      'actor-token-audience',
    ],
    ['of another tenant than its issuer', { claims: { nonce: nonceOf('x'), tid: FABRIKAM } }, 'actor-token-issuer'],
    ['that has expired', { claims: { nonce: nonceOf('x'), exp: 1_600_000_000 } }, 'actor-token-expired'],
    [
      'with another key under a known name',
      { claims: { nonce: nonceOf('x') }, key: 'impostor' },
      'actor-token-signature',
    ],
  ])('gives no code for a token %s', async (_what, change, code) => {
    const answer = await trade({ entraIdToken: await idToken(nonceOf('x'), change), as: 'code' });

    expect(refusalOf(answer)).toEqual([401, code]);
  });

  it.each([
    [
      'straight for a session',
      async () => ({ entraIdToken: await idToken(nonceOf(aVerifier())) }),
      400,
      'invalid-request',
    ],
    [
      'as a token of Teams',
      async () => ({ entraToken: await idToken(nonceOf(aVerifier())) }),
      401,
      'entra-token-scope',
    ],
    ['as a proof of a person', async () => withProof(await idToken(nonceOf(aVerifier()))), 401, 'person-proof'],
    ['as a proof, being a session', async () => withProof(await world.bearer()), 401, 'person-proof'],
  ])('trades nothing %s', async (_what, body, status, code) => {
    const answer = await trade(await body());

    expect(refusalOf(answer)).toEqual([status, code]);
  });

  /** A product's good code beside a proof. */
  async function withProof(personProof: string) {
    const verifier = aVerifier();
    return { code: (await world.code(verifier)).json.code, verifier, personProof };
  }
});

it('signs nobody in for another site', async () => {
  const answer = await trade(
    { setupToken: await world.setupToken(), as: 'cookie' },
    { origin: 'https://evil.example' },
  );

  expect(refusalOf(answer)).toEqual([403, 'foreign-origin']);
  expect(answer.headers.get('set-cookie')).toBeNull();
});

it('takes a setup token once', async () => {
  const setupToken = await world.setupToken();

  const answers = [await trade({ setupToken }), await trade({ setupToken })];

  expect(answers.map(({ status }) => status)).toEqual([200, 409]);
  expect(answers[1]?.json.code).toBe('setup-token-used');
});

describe('the make-believe product', () => {
  const product = (path: string, form?: Record<string, string>) =>
    fetch(`${world.azure.product.url}${path}`, {
      redirect: 'manual',
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });

  it('sends people back to the window with a token for it, and to nowhere else', async () => {
    const verifier = aVerifier();
    const query = (returnTo: string) => new URLSearchParams({ nonce: nonceOf(verifier), return_to: returnTo });

    const asked = await product(`/sign-in?${query(`${world.url}/signed-in`)}`);
    const elsewhere = await product(`/sign-in?${query('https://evil.example/signed-in')}`);
    const back = await product('/sign-in', { sub: 'ben@acme.example', account: 'acme', nonce: nonceOf(verifier) });

    expect([asked.status, elsewhere.status, back.status]).toEqual([200, 400, 303]);
    const landed = new URL(back.headers.get('location') ?? '');
    expect(`${landed.origin}${landed.pathname}${landed.search}`).toBe(`${world.url}/signed-in`);
    expect(landed.hash).toMatch(/^#setup_token=eyJ/);
  });
});

it('says no secret in an answer, a log line or a cell', async () => {
  const verifier = aVerifier();
  const setupToken = await world.setupToken({ nonce: nonceOf(verifier), account: 'canary' });
  const entraToken = await world.entraToken('dai');
  const code = (await trade({ setupToken, as: 'code' })).json.code as string;
  await trade({ setupToken, as: 'code' });
  const entraIdToken = await world.entraToken('dai', { kind: 'id', claims: { nonce: nonceOf(aVerifier()) } });
  await trade({ entraIdToken, as: 'code' });
  await trade({ code, verifier: aVerifier() });
  const { token } = (await trade({ code, verifier, entraToken })).json;
  await world.call('POST', '/api/subscriptions', { token, body: { token, setupToken } });
  await world.call('GET', `/api/subscriptions/${token}`, { token: `${token}x` });

  const kept = [await world.stored(), world.logged()].join('\n');

  for (const secret of [setupToken, entraToken, entraIdToken, code, token, verifier]) {
    expect(secret.length).toBeGreaterThan(40);
    expect(kept).not.toContain(secret);
    if (secret !== code && secret !== token) expect(world.answers()).not.toContain(secret);
  }
  expect(kept).toContain('canary'); // what is kept is kept where we looked
});
