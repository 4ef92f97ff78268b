/** Who may call what: each route of the app as it is deployed, by each kind of caller. A route without a row fails. */
import { createSessions, type SessionForm } from '../../../shared/identity/session.ts';
import { createSignedTokens } from '../../../shared/identity/signed-token.ts';
import { createKeys } from '../../../shared/platform/keys-vault.ts';
import { silentLog } from '../../../shared/platform/log.ts';
import { type Answered, type ApiWorld, anApiWorld, type CallOptions, CONTOSO } from './api-world.ts';

/**
 * A route: `{id}` is a subscription of Ada's, `{link}` and `{digest}` are of a card. `may`: any session, only one that may have
 * that subscription, Microsoft's action service, or a reader who has the card's link.
 */
interface Row {
  readonly name: string;
  readonly call: string;
  readonly may: 'anyone' | 'session' | 'owner' | 'product' | 'service' | 'reader';
  readonly ok: readonly number[];
  /** What is answered to who is no reader. */
  readonly refused?: readonly [number, string | undefined];
  readonly body?: () => object | string | Promise<string>;
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
  { name: 'digest-page', call: 'GET /digests/{digest}', may: 'reader', ok: [200], refused: [404, 'not-found'] },
  {
    name: 'digest-chart',
    call: 'GET /digests/{digest}/chart.png',
    may: 'reader',
    ok: [200],
    refused: [404, 'not-found'],
  },
  { name: 'card-actions', call: 'POST /actions', may: 'service', ok: [200], body: () => ({ token: card.button }) },
  { name: 'links', call: 'GET /links/{link}', may: 'reader', ok: [200], refused: [400, 'action-token-missing'] },
  { name: 'links', call: 'HEAD /links/{link}', may: 'reader', ok: [200], refused: [400, undefined] },
  {
    name: 'links',
    call: 'POST /links/{link}',
    may: 'reader',
    ok: [200],
    refused: [400, 'action-token-missing'],
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: formOfLink,
  },
  { name: 'emit-events', call: 'POST /api/events', may: 'product', ok: [400], body: () => ({}) },
  { name: 'account-scopes', call: 'PUT /api/accounts/nobody/scopes', may: 'product', ok: [400], body: () => ({}) },
  { name: 'account-subscriptions', call: 'GET /api/accounts/nobody/subscriptions', may: 'product', ok: [200] },
  { name: 'account-export', call: 'GET /api/accounts/nobody/export', may: 'product', ok: [200] },
  { name: 'account-remove', call: 'DELETE /api/accounts/nobody', may: 'product', ok: [200, 204] },
  { name: 'health', call: 'GET /api/health', may: 'product', ok: [200] },
];

/** A function as its host lists it. */
interface Deployed {
  readonly name: string;
  readonly config: { readonly bindings: readonly { readonly methods?: readonly string[] }[] };
}

type Sees = 'owner' | 'stranger';
/**
 * A caller with a session sees the subscription or not; any other is refused, with this code. `asActor`: why the proof does not
 * say who presses a button.
 */
type Caller = { readonly options: CallOptions; readonly asActor?: string } & (
  | { readonly sees: Sees }
  | { readonly refused: string; readonly may?: 'product' | 'service' | 'reader' }
);

/** What a card that was posted leads to: addresses with their tokens, and the token of a button. */
interface Card {
  readonly link: URL;
  readonly digest: URL;
  readonly chart: URL;
  readonly button: string;
}

let world: ApiWorld;
let callers: Readonly<Record<string, Caller>>;
let shared: { id: string; channelKey: string };
let ada: string;
let card: Card;
const pages: Answered[] = [];

beforeAll(async () => {
  world = await anApiWorld();
  ada = await world.bearer({ tid: CONTOSO });
  shared = await aSubscription();
  card = await aCard();
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

/** An event that can be answered, posted to a connector, whose card has buttons, and to a flow, whose card has links. */
async function aCard(): Promise<Card> {
  const { api } = world.azure.microsoft365;
  const maker = await world.bearer({ sub: 'maker', tid: CONTOSO });
  const urls = [world.webhook(), webhook()];
  for (const url of urls) {
    const body = { ...CHOICES, target: { name: 'Cards' }, webhook: url };
    await world.call('POST', '/api/subscriptions', { token: maker, body });
  }
  const places = api.webhooks().filter(({ url }) => urls.includes(url));
  const actions = [{ id: 'seen', title: 'Mark as seen' }];
  const shown = () => places.map(({ place }) => JSON.stringify(api.messages.of(place).map((message) => message.card)));
  const data = (title: string) => ({ title, actions });
  await world.emit({ type: 'build.failed', time: new Date().toISOString(), data: data('Build 1 failed') });
  await world.emit({ type: 'build.failed', time: new Date().toISOString(), data: data('Build 2 failed') });
  await world.until(async () => shown().every((cards) => cards.includes('Mark as seen')));
  const cards = shown().join('\n');
  const found = (pattern: RegExp, text = cards): string => {
    const [, first] = pattern.exec(text) ?? [];
    if (first === undefined) throw new Error(`nothing there is as ${pattern}`);
    return first;
  };
  const digest = new URL(found(/(http[^"\\]+\/digests\/[^"\\/]+\?t=[^"\\)]+)/));
  const page = await world.call('GET', `${digest.pathname}${digest.search}`);
  return {
    link: new URL(found(/(http[^"\\]+\/links\/[^"\\]+)/)),
    digest,
    chart: new URL(found(/class="chart"[^>]* src="([^"]+)"/, page.text), world.url),
    button: found(/\\"token\\":\\"([^\\]+)/),
  };
}

/** The form of a link's page, as it is sent. A link that was used has none any more, and says so. */
async function formOfLink(): Promise<string> {
  const { text } = await world.call('GET', `${card.link.pathname}${card.link.search}`);
  return `nonce=${encodeURIComponent(/name="nonce" value="([^"]+)"/.exec(text)?.[1] ?? '')}`;
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
      may: 'product',
    },
    'Microsoft’s action service': {
      options: { token: await world.actionToken('ben', `${world.url}/actions`) },
      refused: 'invalid-session',
      may: 'service',
    },
    'the same of another tenant': {
      options: { token: await world.actionToken('elif', `${world.url}/actions`) },
      refused: 'invalid-session',
      asActor: 'actor-token-tenant',
    },
    'a reader of a card, with its links': { options: {}, refused: 'session-required', may: 'reader' },
    'a session that is over': { options: { token: expired }, refused: 'session-expired' },
    'a session that was changed': { options: { token: tampered }, refused: 'invalid-session' },
    'a cookie’s session as a bearer': { options: { token: cookie }, refused: 'invalid-session' },
    'a bearer in the cookie': { options: { cookie: `__Host-tidings-session=${ada}` }, refused: 'invalid-session' },
    'a setup token as a session': { options: { token: await world.setupToken() }, refused: 'invalid-session' },
    'a Microsoft token as a session': {
      options: { token: await world.entraToken('adele') },
      refused: 'invalid-session',
      asActor: 'actor-token-service',
    },
    'a Microsoft token of another tenant': {
      options: { token: await world.entraToken('elif') },
      refused: 'invalid-session',
      asActor: 'actor-token-service',
    },
  };
}

/** How a press is refused: what an owner has to show is no token of Microsoft's, or not one for pressing. */
function asActor({ options, asActor }: Caller): readonly [number, string] {
  const code = options.token === undefined ? 'actor-token-missing' : 'actor-token-algorithm';
  return [asActor === 'actor-token-tenant' ? 403 : 401, asActor ?? code];
}

function expected(row: Row, caller: Caller): readonly (readonly [number, string | undefined])[] {
  const { may, ok } = row;
  const fine = ok.map((status): [number, undefined] => [status, undefined]);
  if (may === 'anyone') return fine;
  const proof = 'may' in caller ? caller.may : undefined;
  if (may === 'product') return proof === may ? fine : [[401, undefined]];
  if (may === 'reader') return proof === may ? fine : [row.refused ?? [401, undefined]];
  if (may === 'service') return proof === may ? fine : [asActor(caller)];
  if ('refused' in caller) return [[401, caller.refused]];
  return may === 'session' || caller.sees === 'owner' ? fine : [[404, 'not-found']];
}

async function callAs(row: Row, caller: Caller): Promise<Answered> {
  const [method = '', path = ''] = row.call.split(' ');
  const { id, channelKey } = row.fresh ? await aSubscription() : shared;
  const given = caller.options.headers ?? {};
  const isRightKey = given['x-channel-key'] === shared.channelKey;
  const headers = { ...given, ...(isRightKey ? { 'x-channel-key': channelKey } : {}), ...row.headers };
  const isReader = 'may' in caller && caller.may === 'reader';
  const body = row.body && { body: await row.body() };
  const answer = await world.call(method, addressOf(path.replace('{id}', id), isReader), {
    ...caller.options,
    headers,
    ...body,
  });
  if (answer.headers.get('content-type')?.startsWith('text/html') === true && method !== 'HEAD') pages.push(answer);
  return answer;
}

/** A card's addresses, with their tokens for whom has the card. */
function addressOf(path: string, isReader: boolean): string {
  const [, what] = /\/(\{link\}|\{digest\}(?:\/chart\.png)?)$/.exec(path) ?? [];
  if (what === undefined) return path;
  const { pathname, search } = what === '{link}' ? card.link : what === '{digest}' ? card.digest : card.chart;
  return isReader ? `${pathname}${search}` : pathname;
}

it('has a row for every method of every function that answers HTTP, and no other', async () => {
  const rows = ROWS.map(({ name, call }) => `${name} ${call.split(' ')[0]}`);

  const headers = { 'x-functions-key': world.azure.functions.keys.master };
  const { json } = await world.call('GET', '/admin/functions', { headers });
  const routes = (json as Deployed[]).flatMap(({ name, config: { bindings } }) =>
    bindings.flatMap(({ methods = [] }) => methods.map((method) => `${name} ${method}`)),
  );

  expect([...new Set(rows)].sort()).toEqual(routes.sort());
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

it('showed the product’s name and logo on every page, whoever asked and whatever it said', async () => {
  const { product } = (await world.call('GET', '/api/catalogue', { token: ada })).json;

  const bare = pages.filter(
    ({ text }) => !text.includes(`<img src="${product.logo}"`) || !text.includes(`<span>${product.name}</span>`),
  );

  expect(bare.map(({ status, text }) => [status, /<title>(.*)<\/title>/.exec(text)?.[1]])).toEqual([]);
  expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([200, 400, 401, 404]));
});

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
