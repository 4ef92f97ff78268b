/** What an owner looks at before and after saving: previews, test cards, the timeline. */
import { LIMITS } from '../../../shared/identity/limits.ts';
import { type ApiWorld, anApiWorld, CONTOSO } from './api-world.ts';

let world: ApiWorld;
let token: string;
beforeAll(async () => {
  world = await anApiWorld(undefined, 2);
  token = await world.bearer({ tid: CONTOSO });
}, 120_000);
afterAll(() => world?.stop());

const CHOICES = {
  topics: ['github.push'],
  scopes: [],
  minSeverity: 'info',
  urgentSeverity: null,
  locale: 'de',
  schedule: { every: 'day', at: '09:00', timeZone: 'Europe/Berlin' },
  whenEmpty: 'skip',
  requireIdentity: false,
};
const TARGET = { appType: 'teams', name: 'Build room' };

const post = (path: string, body?: object, as = token) =>
  world.call('POST', path, { token: as, ...(body === undefined ? {} : { body }) });

/** A subscription with a webhook of its own; `accepts`: how that answers. Its welcome has been posted. */
async function aChannel(kind: 'connector' | 'workflow' = 'connector', choices: object = CHOICES, as = token) {
  const webhook = world.webhook(CONTOSO, kind);
  const { json } = await post('/api/subscriptions', { ...choices, target: TARGET, webhook }, as);
  const received = () => world.azure.microsoft365.api.requests.list({}).filter(({ path }) => webhook.includes(path));
  await world.until(async () => received().length === 1);
  const path = `/api/subscriptions/${json.id}`;
  await world.until(async () => (await post(`${path}/pause`, {}, as)).status === 200); // nothing else is posted from here on
  return { id: json.id as string, path, webhook, received };
}

it('shows the next five times and the card of a draft', async () => {
  const answer = await post('/api/preview', { ...CHOICES, kind: 'workflow' });

  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({ from: 'samples', card: { kind: 'workflow' }, clockChanges: expect.any(Array) });
  expect(answer.json.next).toHaveLength(5);
  const card = JSON.parse(answer.json.card.body);
  expect(card.attachments[0].contentType).toBe('application/vnd.microsoft.card.adaptive');
  expect(answer.json.card.body).toContain('Codertocat pushed 1 commit');
});

it('has no times to show for a channel that is told at once', async () => {
  const answer = await post('/api/preview', { ...CHOICES, schedule: { every: 'now' }, kind: 'connector' });

  expect(answer.json.next).toEqual([]);
});

it.each(['connector', 'workflow'] as const)('posts the very bytes that the preview of a %s showed', async (kind) => {
  const { path, received } = await aChannel(kind);

  const { json: preview } = await world.call('GET', `${path}/preview`, { token });
  const test = await post(`${path}/test`, { at: preview.at });

  expect(test.status).toBe(200);
  expect(received().at(-1)?.body).toBe(preview.card.body);
  expect(preview.card.kind).toBe(kind);
});

it('posts the bytes of a draft’s preview to a webhook that is not saved', async () => {
  const webhook = world.webhook();
  const { json: preview } = await post('/api/preview', { ...CHOICES, kind: 'connector' });

  const test = await post('/api/test', { ...CHOICES, webhook, at: preview.at });

  expect(test.json).toMatchObject({ outcome: 'delivered', status: 200, askSeen: false });
  const received = world.azure.microsoft365.api.requests.list({}).filter(({ path }) => webhook.includes(path));
  expect(received.map(({ body }) => body)).toEqual([preview.card.body]);
});

it('draws real events where there are any, as the draft would choose them', async () => {
  const as = await world.bearer({ account: 'beta' }); // an account that was never looked up, so that nothing is cached of it
  const { id, path } = await aChannel('connector', CHOICES, as);
  await world.emit({
    account: 'beta',
    type: 'github.push',
    severity: 'error',
    data: { title: 'A real thing happened' },
  });
  await world.until(async () => (await world.call('GET', `${path}/preview`, { token: as })).json.waiting === 1);

  const { json: saved } = await world.call('GET', `${path}/preview`, { token: as });
  const draft = (change: object) =>
    post('/api/preview', { ...CHOICES, ...change, kind: 'connector', subscriptionId: id }, as);
  const { json: same } = await draft({});
  const { json: other } = await draft({ minSeverity: 'critical' });

  expect(saved).toMatchObject({ from: 'events', waiting: 1, waitingIsAtLeast: false });
  expect([saved, same].every(({ card }) => card.body.includes('A real thing happened'))).toBe(true);
  expect(other.from).toBe('samples');
});

it('asks whether a card that a flow took was seen, and keeps the answer', async () => {
  const { path } = await aChannel('workflow');

  const { json: test } = await post(`${path}/test`);
  const { json: seen } = await post(`${path}/test`, { id: test.id, seen: false });
  const { json: timeline } = await world.call('GET', `${path}/deliveries`, { token });

  expect(test).toMatchObject({ outcome: 'accepted', status: 202, askSeen: true, seen: null });
  expect(seen).toEqual({ ...test, seen: false });
  expect(timeline.test).toEqual(seen);
});

it('keeps whether the test card of a draft was seen, and hands it over to the subscription that is made of it', async () => {
  const webhook = world.webhook(CONTOSO, 'workflow');
  const own = await world.bearer({ sub: 'tester', tid: CONTOSO });
  const body = { ...CHOICES, target: { name: 'Room' }, webhook };
  const { json: test } = await post('/api/test', { ...CHOICES, webhook }, own);
  const stranger = await world.bearer({ sub: 'somebody-else', tid: CONTOSO });
  const said = { webhook, id: test.id, seen: true };

  const anothers = await world.call('POST', '/api/test', { token: stranger, body: said });
  const unknown = await post('/api/test', { ...said, id: 'test_0' }, own);
  const seen = await post('/api/test', said, own);
  const { json: made } = await post('/api/subscriptions', body, own);
  const { json: timeline } = await world.call('GET', `/api/subscriptions/${made.id}/deliveries`, { token: own });

  expect([anothers.status, unknown.status, seen.status]).toEqual([404, 404, 200]);
  expect(test).toMatchObject({ outcome: 'accepted', askSeen: true, seen: null });
  expect(timeline.test).toEqual({ ...test, seen: true });
});

it('hands over no test card that another person sent to the same address', async () => {
  const webhook = world.webhook(CONTOSO, 'workflow');
  const own = await world.bearer({ sub: 'tester', tid: CONTOSO });
  const stranger = await world.bearer({ sub: 'somebody-else', tid: CONTOSO });
  await world.call('POST', '/api/test', { token: stranger, body: { ...CHOICES, webhook } });

  const { json: made } = await post('/api/subscriptions', { ...CHOICES, target: { name: 'Room' }, webhook }, own);
  const { json: timeline } = await world.call('GET', `/api/subscriptions/${made.id}/deliveries`, { token: own });

  expect(timeline.test).toBeNull();
});

it('says why a test was refused, and what to do', async () => {
  const { path, webhook } = await aChannel();
  const { api } = world.azure.microsoft365;
  const known = api.webhooks().find(({ url }) => url === webhook);
  api.changeWebhook(known?.id ?? '', { state: 'removed' });

  const { json } = await post(`${path}/test`, {});

  expect(json).toMatchObject({ outcome: 'gone', reason: expect.stringMatching(/paste a new one/) });
});

it('posts no test faster than Microsoft allows, whoever asks', async () => {
  const { path, received } = await aChannel();
  const before = received().length;

  const answers = await Promise.all(Array.from({ length: 5 }, () => post(`${path}/test`, {})));

  const posted = answers.filter(({ status }) => status === 200).length;
  expect(posted).toBeGreaterThanOrEqual(1);
  expect(received().length - before).toBe(posted);
  expect(received().flatMap(({ violations }) => violations)).toEqual([]);
  for (const { status, json, headers } of answers) {
    if (status === 200) continue;
    expect([status, json.code]).toEqual([409, 'channel-busy']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
});

it.each([
  ['tests', 'test', '/api/test', 200],
  ['new channels', 'create', '/api/subscriptions', 409],
  ['previews', 'preview', '/api/preview', 200],
] as const)(
  'limits the %s of one owner, whichever process answers, and not those of another',
  async (what, kind, path, usual) => {
    const { atOnce, everyMs } = LIMITS[kind];
    const [keen, calm] = [
      await world.bearer({ sub: `keen on ${what}` }),
      await world.bearer({ sub: `calm about ${what}` }),
    ];
    const { webhook } = await aChannel();
    const bodies = {
      create: { ...CHOICES, target: TARGET, webhook }, // taken: refused, and counted
      preview: { ...CHOICES, kind: 'workflow' },
    };
    const ask = (as: string, instance: number) => {
      const body = kind === 'test' ? { ...CHOICES, webhook: world.webhook() } : bodies[kind];
      return world.call('POST', path, { token: as, body, instance });
    };
    const began = Date.now();

    const answers = [];
    do answers.push(await ask(keen, answers.length % 2));
    while (answers.at(-1)?.status !== 429 && answers.length < 10 * atOnce);
    const regained = Math.floor((Date.now() - began) / everyMs);
    const others = [await ask(calm, 0), await ask(calm, 1)];

    const passed = answers.slice(0, -1);
    const last = answers.at(-1);
    expect(new Set(passed.map(({ status }) => status))).toEqual(new Set([usual]));
    expect(passed.length).toBeGreaterThanOrEqual(atOnce);
    expect(passed.length).toBeLessThanOrEqual(atOnce + regained);
    expect([last?.status, last?.json.code]).toEqual([429, 'too-many-requests']);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(others.map(({ status }) => status)).toEqual([usual, usual]);
  },
  60_000,
);

it('refuses a test of a webhook that is saved already', async () => {
  const { webhook } = await aChannel();

  const answer = await post('/api/test', { ...CHOICES, webhook });

  expect([answer.status, answer.json.code]).toEqual([409, 'webhook-taken']);
});

it('tells what was delivered, with the page of the whole digest', async () => {
  const as = await world.bearer({ account: 'gamma' });
  const choices = { ...CHOICES, topics: ['github.release'], schedule: { every: 'now' } };
  const { path } = await aChannel('connector', choices, as);
  await post(`${path}/resume`, {}, as);
  await world.emit({ account: 'gamma', type: 'github.release', data: { title: 'Version 2 is out' } });
  await world.until(
    async () =>
      (await world.call('GET', `${path}/deliveries`, { token: as })).json.deliveries[0]?.state === 'delivered',
  );

  const { json } = await world.call('GET', `${path}/deliveries`, { token: as });
  const { json: shown } = await world.call('GET', path, { token: as });
  const page = await fetch(json.deliveries[0].page);

  expect(json.deliveries).toEqual([
    {
      id: expect.any(String),
      at: expect.any(String),
      count: 1,
      urgent: false,
      state: 'delivered',
      outcome: 'delivered',
      reason: null,
      nextAttemptAt: null,
      attempts: [{ at: expect.any(String), outcome: 'delivered', status: 200, reason: null }],
      page: expect.stringContaining('/digests/'),
    },
  ]);
  expect(await page.text()).toContain('Version 2 is out');
  expect(Date.parse(shown.health.lastDeliveredAt)).toBeGreaterThan(0);
});
