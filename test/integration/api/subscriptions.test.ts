/** An owner's subscriptions over HTTP, on the app as it is deployed. */
import { type ApiWorld, anApiWorld, CONTOSO } from './api-world.ts';

let world: ApiWorld;
let token: string;
beforeAll(async () => {
  world = await anApiWorld();
  token = await world.bearer({ tid: CONTOSO });
}, 120_000);
afterAll(() => world?.stop());

const TARGET = { appType: 'teams', name: 'Build room' };

/** A subscription of the usual owner. */
async function create(body: object = {}) {
  const answer = await world.call('POST', '/api/subscriptions', {
    token,
    body: { target: TARGET, webhook: world.webhook(), ...body },
  });
  expect(answer.status).toBe(201);
  return answer;
}

it('makes a subscription of a webhook, with what the product recommends', async () => {
  const webhook = world.webhook();

  const answer = await world.call('POST', '/api/subscriptions', { token, body: { target: TARGET, webhook } });

  expect(answer.status).toBe(201);
  expect(answer.headers.get('etag')).toBe('"1"');
  expect(answer.headers.get('location')).toBe(`/api/subscriptions/${answer.json.id}`);
  expect(answer.json).toEqual({
    id: expect.stringMatching(/^sub_[0-9a-f]{32}$/),
    account: 'acme',
    target: { ...TARGET, kind: 'connector', host: expect.stringContaining('localhost') },
    topics: expect.any(Array),
    scopes: [],
    minSeverity: 'info',
    urgentSeverity: 'critical',
    locale: 'en',
    schedule: { every: 'day', days: ['mon', 'tue', 'wed', 'thu', 'fri'], at: '09:00', timeZone: 'Europe/Berlin' },
    whenEmpty: 'skip',
    requireIdentity: false,
    state: 'active',
    revision: 1,
    createdAt: expect.any(String),
    health: { lastDeliveredAt: null, failingSince: null, reason: null, dropped: null },
    channelKey: expect.stringMatching(/^[\w-]{22}$/),
  });
});

it('lists what the caller owns, newest first, and shows one with its ETag', async () => {
  const made = await create({ topics: [] });

  const listed = await world.call('GET', '/api/subscriptions', { token });
  const one = await world.call('GET', `/api/subscriptions/${made.json.id}`, { token });

  expect(listed.json.subscriptions[0].id).toBe(made.json.id);
  expect(one.headers.get('etag')).toBe('"1"');
  expect(one.json.topics).toEqual([]);
  expect(one.json).not.toHaveProperty('channelKey');
});

it('changes what is sent, and leaves the rest', async () => {
  const { json } = await create();
  const schedule = { every: 'week', day: 'mon', at: '08:30', timeZone: 'Asia/Tokyo' };

  const changed = await world.call('PATCH', `/api/subscriptions/${json.id}`, {
    token,
    headers: { 'if-match': '"1"' },
    body: { schedule, name: ' Ops\n room ' },
  });

  expect(changed.status).toBe(200);
  expect(changed.headers.get('etag')).toBe('"2"');
  expect(changed.json).toMatchObject({ schedule, topics: json.topics, revision: 2, target: { name: 'Ops room' } });
});

it('lets one of two who saw the same revision change it, and tells the other', async () => {
  const { json } = await create();
  const change = (locale: string) =>
    world.call('PATCH', `/api/subscriptions/${json.id}`, { token, headers: { 'if-match': '"1"' }, body: { locale } });

  const answers = await Promise.all([change('de'), change('fr')]);

  const [done, refused] = answers[0]?.status === 200 ? answers : answers.toReversed();
  expect(done?.status).toBe(200);
  expect(refused?.status).toBe(412);
  expect(refused?.json).toMatchObject({ code: 'subscription-changed', title: expect.stringMatching(/meanwhile/) });
  const now = await world.call('GET', `/api/subscriptions/${json.id}`, { token });
  expect(now.json.locale).toBe(done?.json.locale);
});

it.each([
  [undefined, 428, 'revision-required'],
  ['*', 200, undefined],
  ['"7"', 412, 'subscription-changed'],
  ['W/"1"', 400, 'invalid-request'],
  ['1', 400, 'invalid-request'],
])('answers a change with If-Match %s by %d', async (ifMatch, status, code) => {
  const { json } = await create();

  const answer = await world.call('PATCH', `/api/subscriptions/${json.id}`, {
    token,
    headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
    body: { locale: 'ja' },
  });

  expect([answer.status, answer.json.code]).toEqual([status, code]);
});

it('pauses, until a date or until resumed, and resumes', async () => {
  const { json } = await create();
  const at = (wish: string, body?: object) =>
    world.call('POST', `/api/subscriptions/${json.id}/${wish}`, { token, ...(body && { body }) });

  const paused = await at('pause', { keep: false, until: '2031-01-01T00:00:00+01:00' });
  const again = await at('pause');
  const resumed = await at('resume');

  expect(paused.json).toMatchObject({ state: 'paused', keep: false, until: '2030-12-31T23:00:00.000Z', revision: 2 });
  expect(again.json).toMatchObject({ state: 'paused', keep: true, until: null, revision: 3 });
  expect(resumed.json).toMatchObject({ state: 'active', revision: 4 });
  expect(resumed.json).not.toHaveProperty('keep');
});

it('rotates to a webhook of the other kind, which then is in use', async () => {
  const { json } = await create();
  const webhook = world.webhook(CONTOSO, 'workflow');

  const rotated = await world.call('PUT', `/api/subscriptions/${json.id}/webhook`, { token, body: { webhook } });
  const taken = await world.call('POST', '/api/subscriptions', { token, body: { target: TARGET, webhook } });

  expect(rotated.json).toMatchObject({ target: { kind: 'workflow' }, schedule: json.schedule });
  expect([taken.status, taken.json.code]).toEqual([409, 'webhook-taken']);
});

it('removes, and then there is nothing', async () => {
  const { json } = await create();
  const path = `/api/subscriptions/${json.id}`;

  const stale = await world.call('DELETE', path, { token, headers: { 'if-match': '"9"' } });
  const removed = await world.call('DELETE', path, { token, headers: { 'if-match': '"1"' } });
  const gone = await world.call('GET', path, { token });

  expect([stale.status, removed.status, gone.status]).toEqual([412, 204, 404]);
});

it('accepts the wish to send now', async () => {
  const { json } = await create();

  const answer = await world.call('POST', `/api/subscriptions/${json.id}/send-now`, { token });

  expect(answer.status).toBe(202);
});

it.each([
  ['a field that is not known', { secret: 'x' }, 'body'],
  ['a topic that nobody has', { topics: ['no.such'] }, 'topics[0]'],
  ['a time that no clock shows', { schedule: { every: 'day', at: '25:00', timeZone: 'UTC' } }, 'schedule.at'],
  ['a zone that is none', { schedule: { every: 'day', at: '09:00', timeZone: 'Moon/Base' } }, 'schedule.timeZone'],
  ['a language that is none', { locale: 'not a language' }, 'locale'],
  ['somebody else to tell', { noticeTo: `sub_${'0'.repeat(32)}` }, 'noticeTo'],
  ['a name of nothing', { target: { appType: 'teams', name: ' \u200b ' } }, 'target.name'],
  ['a field too many in the schedule', { schedule: { every: 'now', at: '09:00' } }, 'schedule'],
])('refuses %s, and says where', async (_what, body, path) => {
  const answer = await world.call('POST', '/api/subscriptions', {
    token,
    body: { target: TARGET, webhook: world.webhook(), ...body },
  });

  expect([answer.status, answer.json.code]).toEqual([400, 'invalid-request']);
  expect(answer.json.errors.map((fault: { path: string }) => fault.path)).toContain(path);
  expect(answer.text).not.toContain('secret');
});

it('tells the catalogue and the account', async () => {
  const answer = await world.call('GET', '/api/catalogue', { token });

  expect(answer.json).toMatchObject({ account: 'acme', product: { name: expect.any(String) }, scopes: [] });
  expect(answer.json.topics[0]).toEqual({
    type: expect.any(String),
    group: expect.any(Object),
    recommended: expect.any(Boolean),
    name: expect.any(Object),
    description: expect.any(Object),
  });
});

it.each(['/api/catalogue', '/api/subscriptions', '/api/subscriptions/sub_0'])(
  'guards the answers of %s',
  async (path) => {
    const answer = await world.call('GET', path, { token });

    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
  },
);
