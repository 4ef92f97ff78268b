/** The quirks of an Office 365 connector's webhook, each titled with the fact it quotes. Sources: the stand-in's README. */
import { aCard, aClock, aMicrosoft365, post, stopMicrosoft365 } from './a-microsoft365.ts';

afterEach(stopMicrosoft365);

async function aConnector(quirks: Record<string, unknown> = {}, clock = aClock()) {
  const microsoft365 = await aMicrosoft365({ clock });
  return {
    microsoft365,
    clock,
    webhook: microsoft365.api.createWebhook({ kind: 'connector', name: 'Builds', quirks }),
  };
}

it('answers a delivered card with "200, body exactly `1` (text/plain)"', async () => {
  const { webhook } = await aConnector();

  const answer = await post(webhook, aCard);

  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    'text/plain; charset=utf-8',
    '1',
  ]);
});

it('shows a delivered card in the channel that the webhook belongs to', async () => {
  const { microsoft365, webhook } = await aConnector();

  await post(webhook, aCard);

  expect(microsoft365.api.messages.of(webhook.place).map(({ card, from }) => [card, from])).toEqual([
    [aCard, 'Builds'],
  ]);
});

it('"Missing both `summary` and `text`" → "HTTP 400, body `Summary or Text is required.`"', async () => {
  const { webhook } = await aConnector();

  const answer = await post(webhook, { '@type': 'MessageCard', title: 'Hello' });

  expect([answer.status, await answer.text()]).toEqual([400, 'Summary or Text is required.']);
});

it.each([
  ['bad JSON', '{"summary":', 'application/json'],
  ['no object', '[1]', 'application/json'],
  ['wrong types', '{"summary":1}', 'application/json'],
  ['sections that are no list', '{"summary":"a","sections":{}}', 'application/json'],
  ['wrong content type', '{"summary":"a"}', 'text/plain'],
])('"400: %s" → `Bad payload received by generic incoming webhook.`', async (_what, body, type) => {
  const { webhook } = await aConnector();

  const answer = await post(webhook, body, { 'content-type': type });

  expect([answer.status, await answer.text()]).toEqual([400, 'Bad payload received by generic incoming webhook.']);
});

it('"GET on the URL" → `Invalid webhook request - GET not supported`', async () => {
  const { webhook } = await aConnector();

  const answer = await fetch(webhook.url);

  expect(await answer.text()).toBe('Invalid webhook request - GET not supported');
});

it('"404: webhook does not exist; also seen text `Webhook Not Found`", once it was removed', async () => {
  const { microsoft365, webhook } = await aConnector();
  microsoft365.api.changeWebhook(webhook.id, { state: 'removed' });

  const answer = await post(webhook, aCard);

  expect([answer.status, await answer.text()]).toEqual([404, 'Webhook Not Found']);
});

it('"404: webhook does not exist", of an address that was never made', async () => {
  const { url } = await aMicrosoft365();

  const answer = await post({ url: `${url}/webhookb2/nobody@nowhere/IncomingWebhook/1/2` }, aCard);

  expect([answer.status, await answer.text()]).toEqual([404, 'Webhook Not Found']);
});

it.each([
  ['413: too large, since June 2020 inside 200', 413, {}, { summary: 'x'.repeat(28 * 1024) }],
  ['a channel that was deleted gives 400 inside 200', 400, { state: 'channel-deleted' }, aCard],
  ['403 inside 200: tenant policy blocks', 403, { state: 'blocked' }, aCard],
  ['429: documented, but usually inside 200', 429, { windows: [{ limit: 0, seconds: 1 }] }, aCard],
])('hides a failure in a 200: "%s"', async (_fact, code, quirks, card) => {
  const { microsoft365, webhook } = await aConnector(quirks);

  const answer = await post(webhook, card);

  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain(
    `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${code} with ContextId `,
  );
  expect(microsoft365.api.messages.of(webhook.place)).toEqual([]);
});

it('"was a real 413 until about 22 Jun 2020": a webhook that does not hide errors answers the status itself', async () => {
  const { webhook } = await aConnector({ hidesErrors: false });

  const answer = await post(webhook, { summary: 'x'.repeat(28 * 1024) });

  expect(answer.status).toBe(413);
});

it('takes a message of exactly "28 KB", measured in UTF-8 bytes', async () => {
  const { webhook } = await aConnector();
  const empty = Buffer.byteLength(JSON.stringify({ summary: 'é' }));

  const [exact, over] = [
    await post(webhook, { summary: `é${'x'.repeat(28 * 1024 - empty)}` }),
    await post(webhook, { summary: `é${'x'.repeat(28 * 1024 - empty + 1)}` }),
  ];

  expect([await exact.text(), (await over.text()).includes('HTTP error 413')]).toEqual(['1', true]);
});

it.each([
  [4, 1],
  [60, 30],
  [100, 3_600],
  [150, 7_200],
  [1_800, 86_400],
])('throttles by sliding windows: %i POSTs in any %i s', async (limit, seconds) => {
  const { microsoft365, webhook, clock } = await aConnector();
  const window = webhook.windows.find((one) => one.seconds === seconds);
  microsoft365.api.changeWebhook(webhook.id, { windows: [window] });
  const send = async () => (await post(webhook, aCard)).text();

  for (let sent = 0; sent < limit; sent++) await send();
  const over = await send();
  clock.pass(seconds);
  const later = await send();

  expect(over).toContain('HTTP error 429');
  expect(later).toBe('1');
  expect(microsoft365.api.requests.list().filter(({ violations }) => violations.length > 0)).toHaveLength(1);
});

it('counts every POST, the refused ones too: a sender that does not slow down stays throttled', async () => {
  const { webhook, clock } = await aConnector({ windows: [{ limit: 2, seconds: 10 }] });
  const send = async () => (await post(webhook, aCard)).text();
  await send();
  await send();
  await send();
  clock.pass(9);
  await send();
  clock.pass(1);

  const answer = await send();

  expect(answer).toBe('1');
  expect(await send()).toContain('HTTP error 429');
});

it('"Connectors (apps) accept only MessageCard; the Incoming Webhook connector also accepted Adaptive"', async () => {
  const microsoft365 = await aMicrosoft365();
  const envelope = { type: 'message', attachments: [{ content: { type: 'AdaptiveCard' } }] };
  const incoming = microsoft365.api.createWebhook({ kind: 'connector' });
  const app = microsoft365.api.createWebhook({ kind: 'connector', provider: microsoft365.api.world.app.appId });

  const answers = [await post(incoming, envelope), await post(app, envelope)];

  expect(answers.map(({ status }) => status)).toEqual([200, 400]);
});
