/** The quirks of a Teams Workflows webhook, each titled with the fact it quotes. Sources: the stand-in's README. */
import type { Callers } from '../../../infra/local/microsoft365/webhooks/webhook.ts';
import { aCard, aClock, aMicrosoft365, anEnvelope, post, stopMicrosoft365 } from './a-microsoft365.ts';

afterEach(stopMicrosoft365);

async function aFlow(quirks: Record<string, unknown> = {}) {
  const clock = aClock();
  const microsoft365 = await aMicrosoft365({ clock });
  const webhook = microsoft365.api.createWebhook({ kind: 'workflow', name: 'Builds', quirks });
  const lastRun = () => microsoft365.api.runs.list(webhook.id).at(-1);
  return { microsoft365, clock, webhook, lastRun };
}

const codeOf = async (answer: Response): Promise<string> => JSON.parse(await answer.text()).error.code;

it.each([
  [
    'powerplatform',
    /^\/powerautomate\/automations\/direct\/workflows\/[0-9a-f]{32}\/triggers\/manual\/paths\/invoke\?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=[\w-]{43}$/,
  ],
  [
    'powerplatform-cu',
    /^\/powerautomate\/automations\/direct\/cu\/\d+\/workflows\/[0-9a-f]{32}\/triggers\/manual\/paths\/invoke\?api-version=1&/,
  ],
  [
    'logic',
    /^\/workflows\/[0-9a-f]{32}\/triggers\/manual\/paths\/invoke\?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=/,
  ],
] as const)('makes addresses of the documented shape: %s', async (shape, pattern) => {
  const { api, url } = await aMicrosoft365();

  const webhook = api.createWebhook({ kind: 'workflow', shape });

  expect(webhook.url.slice(url.length)).toMatch(pattern);
});

it('"Success = 202 Accepted, empty body"', async () => {
  const { webhook, lastRun, microsoft365 } = await aFlow();

  const answer = await post(webhook, anEnvelope);

  expect([answer.status, await answer.text()]).toEqual([202, '']);
  expect([lastRun()?.status, microsoft365.api.messages.of(webhook.place).length]).toEqual(['Succeeded', 1]);
});

it('"several attachments allowed": each becomes a card', async () => {
  const { webhook, microsoft365 } = await aFlow();

  await post(webhook, { ...anEnvelope, attachments: [...anEnvelope.attachments, ...anEnvelope.attachments] });

  expect(microsoft365.api.messages.of(webhook.place)).toHaveLength(2);
});

it.each([
  ['bare Adaptive Card fails in the *Apply to each* step', anEnvelope.attachments[0]?.content, {}],
  ['`{"text":…}` acceptance: depends on the flow, not by default', { text: 'Hello' }, {}],
  ['a body that is no object', [1], {}],
  ['older flows take "Adaptive only", no MessageCard', aCard, { acceptsMessageCard: false }],
  [
    'an attachment that is no Adaptive Card',
    { type: 'message', attachments: [{ contentType: 'image/png', content: {} }] },
    {},
  ],
  [
    '"Size ≈ 28 KB per posted message (Request Entity too large)"',
    { ...anEnvelope, padding: 'x'.repeat(28 * 1024) },
    {},
  ],
  ['the channel was deleted', anEnvelope, { state: 'channel-deleted' }],
  ['a policy blocks the Flow bot', anEnvelope, { state: 'blocked' }],
])('"the card can still fail later, only visible in the run history": %s', async (_fact, body, quirks) => {
  const { webhook, lastRun, microsoft365 } = await aFlow(quirks);

  const answer = await post(webhook, body);

  expect(answer.status).toBe(202);
  expect(lastRun()?.status).toBe('Failed');
  expect(microsoft365.api.messages.of(webhook.place)).toEqual([]);
});

it('takes a MessageCard as "Workflows gain MessageCard payloads", but "button rendering not supported"', async () => {
  const { webhook, microsoft365 } = await aFlow();

  await post(webhook, { ...aCard, potentialAction: [{ '@type': 'OpenUri', name: 'Open', targets: [] }] });

  expect(microsoft365.api.messages.of(webhook.place).map(({ format, actionable }) => [format, actionable])).toEqual([
    ['message-card', false],
  ]);
});

it('posts plain text when the flow is one of those that do', async () => {
  const { webhook, microsoft365 } = await aFlow({ acceptsText: true });

  await post(webhook, { text: 'Hello' });

  expect(microsoft365.api.messages.of(webhook.place)).toMatchObject([{ format: 'text', card: { text: 'Hello' } }]);
});

it.each([
  ['without', ''],
  ['with a wrong', 'sig=wrong'],
])('"401 = truncated URL (no `sig`)": %s signature', async (_what, sig) => {
  const { webhook } = await aFlow();

  const answer = await post({ url: webhook.url.replace(/sig=.*$/, sig) }, anEnvelope);

  expect([answer.status, await codeOf(answer)]).toEqual([401, 'DirectApiAuthorizationRequired']);
});

it('"With *Anyone*, sending any authentication header makes the POST fail"', async () => {
  const { webhook } = await aFlow();

  const answer = await post(webhook, anEnvelope, { authorization: 'Bearer whatever' });

  expect([answer.status, await codeOf(answer)]).toEqual([401, 'DirectApiRequestHasMoreThanOneAuthorization']);
});

it.each<[Callers]>([['tenant'], ['users']])(
  '"401 = trigger not *Anyone*": %s demands an Entra bearer',
  async (callers) => {
    const { webhook } = await aFlow({ callers });

    const answer = await post(webhook, anEnvelope);

    expect(answer.status).toBe(401);
  },
);

it('"404 = flow deleted"', async () => {
  const { webhook } = await aFlow({ state: 'removed' });

  const answer = await post(webhook, anEnvelope);

  expect([answer.status, await codeOf(answer)]).toEqual([404, 'WorkflowNotFound']);
});

it('"429 = throttled" at the trigger, a real one with Retry-After', async () => {
  const { webhook, clock } = await aFlow();
  for (let sent = 0; sent < 4; sent++) await post(webhook, anEnvelope);

  const over = await post(webhook, anEnvelope);
  clock.pass(Number(over.headers.get('retry-after')));
  const later = await post(webhook, anEnvelope);

  expect([over.status, over.headers.get('retry-after'), later.status]).toEqual([429, '1', 202]);
});

it('"25 Flow-bot non-GET requests / 300 s per connection": the 26th is taken and fails behind its 202', async () => {
  const { webhook, clock, lastRun } = await aFlow();
  for (let sent = 0; sent < 25; sent++) {
    await post(webhook, anEnvelope);
    clock.pass(1);
  }

  const over = await post(webhook, anEnvelope);
  const failed = lastRun();
  clock.pass(300);
  await post(webhook, anEnvelope);

  expect([over.status, failed?.status, failed?.error?.code, lastRun()?.status]).toEqual([
    202,
    'Failed',
    '429',
    'Succeeded',
  ]);
});

it('"Power Automate switches idle flows off at 90 days"', async () => {
  const { webhook, clock } = await aFlow();
  clock.pass(89 * 86_400);
  const before = await post(webhook, anEnvelope);
  clock.pass(90 * 86_400);

  const after = await post(webhook, anEnvelope);

  expect([before.status, after.status, await codeOf(after), webhook.offReason]).toEqual([
    202,
    404,
    'WorkflowTriggerIsNotEnabled',
    'idle for 90 days',
  ]);
});

it('"Auto-disable after 14 days of continuous failure", and a success in between starts the count anew', async () => {
  const { webhook, clock } = await aFlow();
  const fail = async () => (await post(webhook, { text: 'no envelope' })).status;
  await fail();
  clock.pass(13 * 86_400);
  await post(webhook, anEnvelope);
  await fail();
  clock.pass(13 * 86_400);
  const thirteenDays = await fail();
  clock.pass(86_400);

  const fourteenDays = await fail();

  expect([thirteenDays, fourteenDays, webhook.offReason]).toEqual([202, 404, 'failing for 14 days']);
});

it('is gone for good when it was deleted, however long ago', async () => {
  const { webhook, clock } = await aFlow({ state: 'removed' });
  clock.pass(91 * 86_400);

  const answer = await post(webhook, anEnvelope);

  expect(await codeOf(answer)).toBe('WorkflowNotFound');
});

it('takes cards again once its owner has switched it on', async () => {
  const { microsoft365, webhook, clock } = await aFlow();
  clock.pass(91 * 86_400);
  await post(webhook, anEnvelope);
  microsoft365.api.changeWebhook(webhook.id, { state: 'active' });

  const answer = await post(webhook, anEnvelope);

  expect(answer.status).toBe(202);
});

it('is told apart: bad JSON is refused at the trigger', async () => {
  const { webhook } = await aFlow();

  const answer = await post(webhook, '{"type":');

  expect([answer.status, await codeOf(answer)]).toEqual([400, 'InvalidRequestContent']);
});
