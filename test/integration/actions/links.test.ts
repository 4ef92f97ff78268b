/** `/links/{id}?t=…`: looking changes nothing, the page's own form acts, and who acts is known where that is demanded. */
import { anEvent } from '../../world/make.ts';
import { type ActionsWorld, anActionsWorld, CHLOE, CLIENT, CONTOSO, ISSUERS } from './actions-world.ts';

const WORKFLOW = { appType: 'teams', name: 'Build <room>', kind: 'workflow', host: 'x' } as const;
const ACTION = {
  id: 'rerun',
  title: 'Run again',
  inputs: [{ id: 'why', type: 'text' as const, title: 'Why', required: true }],
};

/** A channel that gets links, with one event whose action asks why. */
async function aLink(change: { requireIdentity?: boolean; tenant?: string; locale?: string } = {}) {
  const { tenant, ...rest } = change;
  const world = await anActionsWorld({
    subscription: { target: { ...WORKFLOW, tenant }, ...rest },
    events: [anEvent({ data: { title: 'Build <812> failed', actions: [ACTION] } })],
  });
  const [address = ''] = world.posted[0]?.body.match(/https:\/\/tidings\.example\/links\/[^"]+/) ?? [];
  return { world, address };
}

const nonceIn = (page: string) => /name="nonce" value="([^"]+)"/.exec(page)?.[1] ?? '';

async function submit(world: ActionsWorld, address: string, fields: Record<string, string> = {}) {
  const nonce = nonceIn((await world.link('GET', address)).text);
  return world.link('POST', address, { nonce, 'v.why': 'flaky', ...fields });
}

it('shows what will happen and to what, with a form, and does nothing', async () => {
  const { world, address } = await aLink();

  const { status, text, headers } = await world.link('GET', address);

  expect(status).toBe(200);
  expect(text).toContain('<h1><bdi>Run again</bdi></h1>');
  expect(text).toContain('Build &lt;812&gt; failed');
  expect(text).toContain('Build &lt;room&gt;');
  expect(text).toContain('name="v.why"');
  expect(text).toContain('Anyone who has this link may act.');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(world.told).toEqual([]);
});

it('answers HEAD, and does nothing, as programs that look through mail ask', async () => {
  const { world, address } = await aLink();

  const { status } = await world.link('HEAD', address);

  expect(status).toBe(200);
  expect(world.told).toEqual([]);
});

it('acts when its form is sent: the actor is nobody in particular', async () => {
  const { world, address } = await aLink();

  const { status, text } = await submit(world, address);

  expect(status).toBe(200);
  expect(text).toContain('&quot;Run again&quot; was sent to Octoforge.');
  expect(world.told[0]?.data).toMatchObject({
    actor: null,
    via: 'link',
    inputs: { why: 'flaky' },
    action: { id: 'rerun' },
  });
});

it('acts once, and says afterwards when it was done', async () => {
  const { world, address } = await aLink();
  const nonce = nonceIn((await world.link('GET', address)).text);

  const pages = await Promise.all(
    Array.from({ length: 10 }, () => world.link('POST', address, { nonce, 'v.why': 'flaky' })),
  );
  const later = await world.link('GET', address);

  expect(pages.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(pages.filter(({ text }) => text.includes('was sent'))).toHaveLength(1);
  expect(later.text).toContain('This was done already.');
  expect(later.text).not.toContain('<form');
  expect(world.told).toHaveLength(1);
});

it('asks again, with what was typed, when an input does not fit', async () => {
  const { world, address } = await aLink();

  const refused = await submit(world, address, { 'v.why': '  ' });
  const nonce = nonceIn(refused.text);
  const accepted = await world.link('POST', address, { nonce, 'v.why': 'flaky' });

  expect(refused.status).toBe(400);
  expect(refused.text).toContain('&quot;Why&quot; must be filled in.');
  expect(accepted.status).toBe(200);
  expect(world.told).toHaveLength(1);
});

it.each<[string, string, number, (address: string, nonce: string) => [string, Record<string, string>]]>([
  ['without a nonce', 'form-expired', 409, (address) => [address, { 'v.why': 'x' }]],
  [
    'with the link’s token as nonce',
    'form-expired',
    409,
    (address) => [address, { nonce: new URL(address).searchParams.get('t') ?? '' }],
  ],
  ['with a changed nonce', 'form-expired', 409, (address, nonce) => [address, { nonce: `${nonce.slice(0, -4)}AAAA` }]],
  ['without a token', 'action-token-missing', 400, (address, nonce) => [address.split('?')[0] ?? '', { nonce }]],
  [
    'with a changed token',
    'action-token-signature',
    401,
    (address, nonce) => [`${address.slice(0, -4)}AAAA`, { nonce }],
  ],
  [
    'under the id of another link',
    'action-token-claims',
    401,
    (address, nonce) => [address.replace(/links\/./, 'links/-'), { nonce }],
  ],
])('does nothing %s', async (_what, code, status, change) => {
  const { world, address } = await aLink();
  const nonce = nonceIn((await world.link('GET', address)).text);

  const refused = await world.link('POST', ...change(address, nonce));

  expect(refused.status).toBe(status);
  expect(refused.text).toContain(code);
  expect(world.told).toEqual([]);
});

it('carries the product’s name and logo, whatever it says', async () => {
  const { world, address } = await aLink();

  const pages = [
    await world.link('GET', address),
    await submit(world, address, { 'v.why': '' }),
    await submit(world, address),
    await world.link('GET', address),
    await world.link('GET', `${address.slice(0, -4)}AAAA`),
  ];

  expect(pages.map(({ status }) => status)).toEqual([200, 400, 200, 200, 401]);
  for (const { text, headers } of pages) {
    expect(text).toContain('<img src="/static/brand/octoforge.png"');
    expect(text).toContain('<span>Octoforge</span>');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'.*img-src 'self';/);
  }
});

it('says why nothing was sent in the reader’s language, and what is wrong with an input in the card’s', async () => {
  const { world, address } = await aLink({ locale: 'de' });

  const refused = await world.link('GET', `${address.slice(0, -4)}AAAA`, undefined, '', 'fr-FR,fr;q=0.9');
  const again = await submit(world, address, { 'v.why': '' });

  expect(refused.text).toContain('<html lang="fr">');
  expect(refused.text).toContain('Rien n’a été envoyé');
  expect(refused.text).toContain('action-token-signature');
  expect(again.text).toContain('„Why“ muss ausgefüllt werden.');
});

it('does not take a form that was open for longer than an hour', async () => {
  const { world, address } = await aLink();
  const nonce = nonceIn((await world.link('GET', address)).text);
  world.clock.advance(3_600_000);

  expect((await world.link('POST', address, { nonce, 'v.why': 'x' })).status).toBe(409);
});

it.each<[string, string, (world: ActionsWorld) => Promise<void> | void]>([
  ['after 31 days', 'action-token-expired', (world) => world.clock.advance(31 * 86_400_000)],
  [
    'once the channel’s notifications were removed',
    'action-gone',
    (world) => world.subscriptions.bury({ id: world.subscription.id, account: 'acme', removedAt: 0 }),
  ],
])('is closed %s', async (_when, code, change) => {
  const { world, address } = await aLink();
  await change(world);

  const { status, text } = await world.link('GET', address);

  expect(status).toBe(410);
  expect(text).toContain(code);
});

describe('where who acts must be known', () => {
  /** Goes to Entra as a browser does; gives the form that it is sent back with. */
  async function toEntra(world: ActionsWorld, address: string, claims: object = {}) {
    const { status, headers, cookies } = await world.link('GET', address);
    const entra = new URL(headers.get('location') ?? '');
    const { name, value } = cookies[0] ?? { name: '', value: '' };
    const seconds = Math.floor(world.clock.now() / 1_000);
    const idToken = {
      iss: ISSUERS.v2(),
      tid: CONTOSO,
      oid: CHLOE,
      name: 'Chloe Dupont',
      aud: CLIENT,
      nonce: entra.searchParams.get('nonce') ?? '',
      iat: seconds,
      nbf: seconds,
      exp: seconds + 3_600,
      azp: undefined,
      ...claims,
    };
    const form = { id_token: await world.actorToken(idToken), state: entra.searchParams.get('state') ?? '' };
    return { status, entra, cookie: `${name}=${value}`, form };
  }

  it('sends the reader to Entra, of the channel’s own organisation', async () => {
    const { world, address } = await aLink({ requireIdentity: true, tenant: CONTOSO });

    const { status, entra } = await toEntra(world, address);

    expect(status).toBe(302);
    expect(entra.origin + entra.pathname).toBe(`https://login.microsoftonline.com/${CONTOSO}/oauth2/v2.0/authorize`);
    expect(Object.fromEntries(entra.searchParams)).toMatchObject({
      client_id: CLIENT,
      response_type: 'id_token',
      response_mode: 'form_post',
      redirect_uri: 'https://tidings.example/links/signed-in',
    });
  });

  it('shows the form to who came back, and tells the product who it was', async () => {
    const { world, address } = await aLink({ requireIdentity: true });
    const { cookie, form } = await toEntra(world, address);

    const page = await world.link('POST', '/links/signed-in', form, cookie);
    const done = await world.link('POST', address, { nonce: nonceIn(page.text), 'v.why': 'x' });

    expect(page.text).toContain('You act as Chloe Dupont.');
    expect(done.text).toContain('was sent');
    expect(world.told[0]?.data['actor']).toEqual({ tid: CONTOSO, oid: CHLOE });
  });

  it.each<[string, string, object, { cookie?: string; form?: object; tenant?: string }]>([
    ['another browser', 'actor-token-nonce', {}, { cookie: '__Host-tidings-reader=other' }],
    ['no cookie', 'actor-token-nonce', {}, { cookie: '' }],
    ['a state of our making for something else', 'actor-token-nonce', {}, { form: { state: 'x.y.z' } }],
    ['another sign-in’s token', 'actor-token-nonce', { nonce: 'o'.repeat(43) }, {}],
    ['a token for acting in the app', 'entra-not-id-token', { scp: 'access_as_user' }, {}],
    ['a token for another application', 'actor-token-audience', { aud: 'x' }, {}],
    ['a person who said no', 'sign-in-refused', {}, { form: { id_token: '', error: 'access_denied' } }],
    ['a person of another organisation', 'actor-token-tenant', {}, { tenant: '72f988bf-0000-4000-8000-00000000fab2' }],
  ])('does nothing for %s', async (_who, code, claims, change) => {
    const { world, address } = await aLink({
      requireIdentity: true,
      ...(change.tenant === undefined ? {} : { tenant: change.tenant }),
    });
    const { cookie, form } = await toEntra(world, address, claims);

    const page = await world.link('POST', '/links/signed-in', { ...form, ...change.form }, change.cookie ?? cookie);

    expect(page.text).toContain(code);
    expect(page.text).not.toContain('<form');
    expect(world.told).toEqual([]);
  });

  it('takes no form of a page that was opened before that was demanded', async () => {
    const { world, address } = await aLink();
    const nonce = nonceIn((await world.link('GET', address)).text);
    const row = await world.subscriptions.read(world.subscription);
    if (row?.is === 'present')
      await world.subscriptions.replace({ ...row.subscription, requireIdentity: true }, row.etag);

    const refused = await world.link('POST', address, { nonce, 'v.why': 'x' });

    expect(refused.status).toBe(409);
    expect(world.told).toEqual([]);
  });
});
