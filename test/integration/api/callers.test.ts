/** Who may call what: each route of the app as it is deployed, by each kind of caller. A route without a row fails. */
import { createSessions, type SessionForm } from '../../../shared/identity/session.ts';
import { createSignedTokens } from '../../../shared/identity/signed-token.ts';
import { createKeys } from '../../../shared/platform/keys-vault.ts';
import { silentLog } from '../../../shared/platform/log.ts';
import { type Answered, type ApiWorld, anApiWorld, type CallOptions, CONTOSO } from './api-world.ts';

/** A route: `{id}` is a subscription of Ada's. `may`: any session, or only one that may have that subscription. */
interface Row {
  readonly name: string;
  readonly call: string;
  readonly may: 'anyone' | 'session' | 'owner' | 'product';
  readonly ok: readonly number[];
  readonly body?: () => object;
  readonly headers?: Readonly<Record<string, string>>;
  /** What it does cannot be done twice, or changes who may: each call has a subscription of its own. */
  readonly fresh?: true;
}

const CHOICES = {
  topics: [],
  scopes: [],
  minSeverity: 'info',
  urgentSeverity: null,
  locale: 'en',
  schedule: { every: 'now' },
  whenEmpty: 'skip',
  requireIdentity: false,
};
const ANY_REVISION = { 'if-match': '*' };
const webhook = () => world.webhook(CONTOSO, 'workflow');

const ROWS: readonly Row[] = [
  { name: 'catalogue', call: 'GET /api/catalogue', may: 'session', ok: [200] },
  { name: 'subscriptions', call: 'GET /api/subscriptions', may: 'session', ok: [200] },
  {
    name: 'subscriptions',
    call: 'POST /api/subscriptions',
    may: 'session',
    ok: [201],
    body: () => ({ target: { name: 'Room' }, webhook: webhook() }),
  },
  {
    name: 'preview-draft',
    call: 'POST /api/preview',
    may: 'session',
    ok: [200],
    body: () => ({ ...CHOICES, kind: 'workflow' }),
  },
  {
    name: 'test-draft',
    call: 'POST /api/test',
    may: 'session',
    ok: [200],
    body: () => ({ ...CHOICES, webhook: webhook() }),
  },
  { name: 'account-link', call: 'DELETE /api/link', may: 'session', ok: [204, 404] },
  { name: 'connect', call: 'GET /connect', may: 'session', ok: [302] },
  { name: 'subscription', call: 'GET /api/subscriptions/{id}', may: 'owner', ok: [200] },
  {
    name: 'subscription',
    call: 'PATCH /api/subscriptions/{id}',
    may: 'owner',
    ok: [200],
    headers: ANY_REVISION,
    body: () => ({ locale: 'de' }),
  },
  { name: 'subscription', call: 'DELETE /api/subscriptions/{id}', may: 'owner', ok: [204], fresh: true },
  {
    name: 'subscription-webhook',
    call: 'PUT /api/subscriptions/{id}/webhook',
    may: 'owner',
    ok: [200],
    body: () => ({ webhook: webhook() }),
  },
  { name: 'subscription-pause', call: 'POST /api/subscriptions/{id}/pause', may: 'owner', ok: [200] },
  { name: 'subscription-resume', call: 'POST /api/subscriptions/{id}/resume', may: 'owner', ok: [200] },
  { name: 'subscription-send-now', call: 'POST /api/subscriptions/{id}/send-now', may: 'owner', ok: [202] },
  { name: 'subscription-owners', call: 'POST /api/subscriptions/{id}/owners', may: 'owner', ok: [200], fresh: true },
  { name: 'subscription-test', call: 'POST /api/subscriptions/{id}/test', may: 'owner', ok: [200, 409] },
  { name: 'subscription-preview', call: 'GET /api/subscriptions/{id}/preview', may: 'owner', ok: [200] },
  { name: 'subscription-deliveries', call: 'GET /api/subscriptions/{id}/deliveries', may: 'owner', ok: [200] },
  { name: 'openapi', call: 'GET /api/openapi.json', may: 'anyone', ok: [200] },
  { name: 'config-page', call: 'GET /config', may: 'anyone', ok: [200] },
  { name: 'signed-in', call: 'GET /signed-in', may: 'anyone', ok: [200] },
  { name: 'landing-page', call: 'GET /', may: 'anyone', ok: [200] },
  { name: 'help', call: 'GET /help', may: 'anyone', ok: [200] },
  { name: 'static-file', call: 'GET /static/brand/octoforge.png', may: 'anyone', ok: [200] },
  { name: 'session', call: 'DELETE /session', may: 'anyone', ok: [204], headers: { 'x-requested-with': 'tests' } },
  { name: 'session', call: 'POST /session', may: 'anyone', ok: [400], body: () => ({}) },
  // Their proof stands in the address: without it nobody may, whoever is signed in.
  { name: 'connect-callback', call: 'GET /connect/callback', may: 'anyone', ok: [400] },
  { name: 'digest-page', call: 'GET /digests/sub_0_1', may: 'anyone', ok: [404] },
  { name: 'digest-chart', call: 'GET /digests/sub_0_1/chart.png', may: 'anyone', ok: [404] },
  { name: 'emit-events', call: 'POST /api/events', may: 'product', ok: [400], body: () => ({}) },
  { name: 'account-scopes', call: 'PUT /api/accounts/nobody/scopes', may: 'product', ok: [400], body: () => ({}) },
  { name: 'account-subscriptions', call: 'GET /api/accounts/nobody/subscriptions', may: 'product', ok: [200] },
  { name: 'account-export', call: 'GET /api/accounts/nobody/export', may: 'product', ok: [200] },
  { name: 'account-remove', call: 'DELETE /api/accounts/nobody', may: 'product', ok: [200, 204] },
  { name: 'health', call: 'GET /api/health', may: 'product', ok: [200] },
];

/** Not for owners: their callers have tables of their own, in test/integration/actions. */
const OTHERS = /^(card-actions|links)/;
const NOT_HTTP = ['receive-events', 'send-digest', 'dispatch-due', 'reconcile', 'events-poison', 'digests-poison'];

type Sees = 'owner' | 'stranger';
/** A caller with a session sees the subscription or not; any other is refused, with this code. */
type Caller = { readonly options: CallOptions } & (
  | { readonly sees: Sees }
  | { readonly refused: string; readonly product?: true }
);

let world: ApiWorld;
let callers: Readonly<Record<string, Caller>>;
let shared: { id: string; channelKey: string };
let ada: string;

beforeAll(async () => {
  world = await anApiWorld();
  ada = await world.bearer({ tid: CONTOSO });
  shared = await aSubscription();
  callers = await everyCaller();
}, 120_000);
afterAll(() => world?.stop());

async function aSubscription() {
  const body = { ...CHOICES, target: { name: 'Room' }, webhook: world.webhook() };
  // The limit is a person's own: each is made by another one, and handed to Ada by its key.
  const maker = await world.bearer({ sub: `maker-${Math.random()}`, tid: CONTOSO });
  const { json } = await world.call('POST', '/api/subscriptions', { token: maker, body });
  const headers = { 'x-channel-key': json.channelKey };
  await world.call('POST', `/api/subscriptions/${json.id}/owners`, { token: ada, headers });
  return { id: json.id as string, channelKey: json.channelKey as string };
}

async function everyCaller(): Promise<Readonly<Record<string, Caller>>> {
  const keys = createKeys({ vault: world.vault, names: ['signing-key'], log: silentLog, now: Date.now });
  await keys.refresh();
  const ring = keys.ring('signing-key');
  const session = { account: 'acme', person: { sub: 'ada', tid: CONTOSO } };
  const issue = async (form: SessionForm, hoursAgo = 0) =>
    (
      await createSessions(createSignedTokens({ keys: ring, now: () => Date.now() - hoursAgo * 3_600_000 })).issue(
        form,
        session,
      )
    ).token;
  const [cookie, expired] = [await issue('cookie'), await issue('bearer', 2)];
  const tampered = ada.replace(/\.([^.]*)\./, (_, claims: string) => {
    const changed = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), account: 'globex' };
    return `.${Buffer.from(JSON.stringify(changed)).toString('base64url')}.`;
  });
  const linked = async (name: string, claims: object) => (await world.link(name, claims)).json.token as string;
  const withKey = (token: string): CallOptions => ({ token, headers: { 'x-channel-key': shared.channelKey } });
  const colleague = await linked('ben', { sub: 'ben' });
  const otherTenants = await linked('elif', { sub: 'elif' });
  const otherAccounts = await linked('chloe', { account: 'globex', sub: 'chloe' });
  const functionKey = world.azure.functions.keys.host;
  return {
    'the owner, from the product': { options: { token: ada }, sees: 'owner' },
    'the owner, by the cookie of a page': { options: { cookie: `__Host-tidings-session=${cookie}` }, sees: 'owner' },
    'the owner, from Teams': { options: { token: await linked('adele', { sub: 'ada' }) }, sees: 'owner' },
    'a colleague with the channel’s key': { options: withKey(colleague), sees: 'owner' },
    'a colleague without it': { options: { token: colleague }, sees: 'stranger' },
    'a colleague with a key that is wrong': {
      options: { token: colleague, headers: { 'x-channel-key': 'A'.repeat(22) } },
      sees: 'stranger',
    },
    'another user of the account': { options: { token: await world.bearer({ sub: 'eve' }) }, sees: 'stranger' },
    'another user of the account with the key, of no tenant': {
      options: withKey(await world.bearer({ sub: 'eve' })),
      sees: 'stranger',
    },
    'another tenant’s person with the key': { options: withKey(otherTenants), sees: 'stranger' },
    'a person linked to another account, with the key': { options: withKey(otherAccounts), sees: 'stranger' },
    'the same name in another account': {
      options: { token: await world.bearer({ account: 'globex' }) },
      sees: 'stranger',
    },
    nobody: { options: {}, refused: 'session-required' },
    'nobody with the channel’s key': {
      options: { headers: { 'x-channel-key': shared.channelKey } },
      refused: 'session-required',
    },
    'the product, by its function key': {
      options: { headers: { 'x-functions-key': functionKey } },
      refused: 'session-required',
      product: true,
    },
    'a session that is over': { options: { token: expired }, refused: 'session-expired' },
    'a session that was changed': { options: { token: tampered }, refused: 'invalid-session' },
    'a cookie’s session as a bearer': { options: { token: cookie }, refused: 'invalid-session' },
    'a bearer in the cookie': { options: { cookie: `__Host-tidings-session=${ada}` }, refused: 'invalid-session' },
    'a setup token as a session': { options: { token: await world.setupToken() }, refused: 'invalid-session' },
    'a Microsoft token as a session': {
      options: { token: await world.entraToken('adele') },
      refused: 'invalid-session',
    },
    'a Microsoft token of another tenant': {
      options: { token: await world.entraToken('elif') },
      refused: 'invalid-session',
    },
  };
}

function expected({ may, ok }: Row, caller: Caller): readonly (readonly [number, string | undefined])[] {
  const fine = ok.map((status): [number, undefined] => [status, undefined]);
  if (may === 'anyone') return fine;
  if (may === 'product') return 'product' in caller ? fine : [[401, undefined]];
  if ('refused' in caller) return [[401, caller.refused]];
  return may === 'session' || caller.sees === 'owner' ? fine : [[404, 'not-found']];
}

async function callAs(row: Row, caller: Caller): Promise<Answered> {
  const [method = '', path = ''] = row.call.split(' ');
  const { id, channelKey } = row.fresh ? await aSubscription() : shared;
  const given = caller.options.headers ?? {};
  const isRightKey = given['x-channel-key'] === shared.channelKey;
  const headers = { ...given, ...(isRightKey ? { 'x-channel-key': channelKey } : {}), ...row.headers };
  const options = { ...caller.options, headers, ...(row.body && { body: row.body() }) };
  return world.call(method, path.replace('{id}', id), options);
}

it('has a row for every function that answers HTTP', () => {
  const known = new Set([...ROWS.map(({ name }) => name), ...NOT_HTTP]);

  const missing = world.azure.functions.functions.filter((name) => !known.has(name) && !OTHERS.test(name));

  expect(missing).toEqual([]);
});

it.each(ROWS)(
  '$call: as each caller may',
  async (row) => {
    const wrong: string[] = [];

    for (const [who, caller] of Object.entries(callers)) {
      const { status, json, text } = await callAs(row, caller);
      const pageCode = /<code>([a-z-]+)<\/code>/.exec(text)?.[1];
      const allowed = expected(row, caller);
      const fits = allowed.some(
        ([is, code]) => is === status && (code === undefined || code === (json?.code ?? pageCode)),
      );
      if (!fits) wrong.push(`${who}: ${status} ${json?.code ?? pageCode ?? ''}, expected ${JSON.stringify(allowed)}`);
    }

    expect(wrong).toEqual([]);
  },
  60_000,
);

it('describes every route of an owner, and the operator’s, in the document', async () => {
  const { json } = await world.call('GET', '/api/openapi.json');

  const described = Object.entries<object>(json.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );

  expect(json.openapi).toBe('3.1.0');
  expect(described.sort()).toEqual(
    ROWS.filter(({ may, name }) => may !== 'product' || name === 'health')
      .map(({ call }) => call)
      .filter((call) => call.includes(' /api/'))
      .sort(),
  );
});

it('kept every webhook and key to itself', async () => {
  const secrets = [
    ...world.azure.microsoft365.api.webhooks().map(({ url }) => new URL(url).pathname.slice(-40)),
    ...world.azure.microsoft365.api.webhooks().flatMap(({ url }) => new URL(url).searchParams.get('sig') ?? []),
  ];

  const kept = [await world.stored(), world.logged()].join('\n');

  for (const secret of secrets) {
    expect(kept).not.toContain(secret);
    expect(world.answers()).not.toContain(secret);
  }
  expect(secrets.length).toBeGreaterThan(20);
  expect(kept).not.toContain(shared.channelKey);
});
