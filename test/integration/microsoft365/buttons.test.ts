/** Pressing a card's buttons, each test titled with the fact it quotes. Sources: the stand-in's README. */
import { decodeJwt } from 'jose';
import { ACTION_TIMEOUT_MS, callTarget } from '../../../infra/local/microsoft365/actions/call-target.ts';
import { substitute } from '../../../infra/local/microsoft365/actions/substitute.ts';
import { whyNotCalled } from '../../../infra/local/microsoft365/actions/target.ts';
import { aMicrosoft365, control, post, stopMicrosoft365 } from './a-microsoft365.ts';
import { aProduct, type ProductAnswer, stopProducts } from './a-product.ts';

afterEach(async () => {
  await stopMicrosoft365();
  await stopProducts();
});

const chloe = '0b1ec700-0000-4000-8000-0000000000a3';
const elif = '0b1ec700-0000-4000-8000-0000000000b1';
const inbox = 'inbox-0b1ec700-0000-4000-8000-0000000000a1';
const group = '9f0c0de0-0000-4000-8000-0000000000f1';

interface Case {
  readonly answer?: ProductAnswer | 'never';
  readonly action?: Record<string, unknown>;
  readonly card?: Record<string, unknown>;
  readonly place?: string | undefined;
  readonly user?: string;
  readonly inputs?: Record<string, string>;
  readonly app?: Record<string, unknown>;
}

/** Posts a card with one button and presses it. */
async function press({ answer, action = {}, card = {}, place, user = chloe, inputs = {}, app = {} }: Case) {
  const product = await aProduct(answer);
  const microsoft365 = await aMicrosoft365({ productUrl: product.url, app });
  const webhook = microsoft365.api.createWebhook({ kind: 'connector', name: 'Builds', place });
  const button = { '@type': 'HttpPOST', name: 'Do it', target: `${product.url}/actions`, body: '{}', ...action };
  const potentialAction = [
    { '@type': 'ActionCard', name: 'More', inputs: [{ '@type': 'TextInput', id: 'comment' }], actions: [button] },
  ];
  await post(webhook, { '@type': 'MessageCard', summary: 'A card', potentialAction, ...card });
  const [message] = microsoft365.api.messages.of(webhook.place);
  const { body } = await control(microsoft365.url, 'POST', '/press', {
    message: message?.id,
    path: 'potentialAction/0/actions/0',
    user,
    inputs,
  });
  const { result } = body as { result: { is: string; text: string; reason: string | null; replaced: boolean } };
  return { product, microsoft365, message, result, sent: product.sent[0] };
}

describe('what is sent', () => {
  it('POSTs "from Microsoft servers" with `Authorization: Bearer <JWT>` of the person who pressed', async () => {
    const { sent } = await press({});

    const { oid, azp } = decodeJwt(String(sent?.headers['authorization']).replace('Bearer ', ''));

    expect([sent?.method, sent?.path, oid, azp]).toEqual([
      'POST',
      '/actions',
      chloe,
      '48af08dc-f6d2-435f-b2a7-069abd99c086',
    ]);
  });

  it('"`Action-Request-Id` (UUID per click)"', async () => {
    const [first, second] = [await press({}), await press({})];

    const ids = [first, second].map(({ sent }) => sent?.headers['action-request-id']);

    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[1]).not.toBe(ids[0]);
  });

  it.each([
    ['Outlook', inbox, 'c0ffee00-0000-4000-8000-0000000000cc'],
    ['Teams: "ignored by Teams"', undefined, undefined],
  ])('`Card-Correlation-Id` (= card’s `correlationId`) in %s', async (_host, place, expected) => {
    const { sent } = await press({ place, card: { correlationId: 'c0ffee00-0000-4000-8000-0000000000cc' } });

    expect(sent?.headers['card-correlation-id']).toBe(expected);
  });

  it('"If the card sets header `Authorization` to an empty string, the token arrives in `Action-Authorization` instead"', async () => {
    const { sent } = await press({
      action: {
        headers: [
          { name: 'Authorization', value: '' },
          { name: 'X-Own', value: 'yes' },
        ],
      },
    });

    expect([sent?.headers['authorization'], sent?.headers['x-own']]).toEqual([undefined, 'yes']);
    expect(sent?.headers['action-authorization']).toMatch(/^Bearer ey/);
  });

  it.each([
    ['action-v1', 'appid'],
    ['action-legacy', 'appidacr'],
  ])('carries the kind of token that the registration asks for: %s', async (actionTokens, claim) => {
    const { sent } = await press({ app: { actionTokens } });

    expect(decodeJwt(String(sent?.headers['authorization']).replace('Bearer ', ''))).toHaveProperty(claim);
  });

  it('"`application/json` (default)" and "`application/x-www-form-urlencoded`" as `bodyContentType`', async () => {
    const [json, form] = [
      await press({}),
      await press({ action: { bodyContentType: 'application/x-www-form-urlencoded' } }),
    ];

    expect([json, form].map(({ sent }) => sent?.headers['content-type'])).toEqual([
      'application/json',
      'application/x-www-form-urlencoded',
    ]);
  });

  it('"`{"comment":"{{comment.value}}"}` with `application/json` stays valid JSON"', async () => {
    const { sent } = await press({
      action: { body: '{"comment":"{{comment.value}}"}' },
      inputs: { comment: 'a "quote"\nand \\ more' },
    });

    expect(JSON.parse(sent?.body ?? '')).toEqual({ comment: 'a "quote"\nand \\ more' });
  });
});

describe('substitution', () => {
  it.each([
    [
      'JSON-escaped without surrounding quotes',
      '{"a":"{{a.value}}"}',
      { a: '"\\' },
      'application/json',
      '{"a":"\\"\\\\"}',
    ],
    [
      '`encodeURIComponent` in a form',
      'a={{a.value}}',
      { a: 'x&y=z é' },
      'application/x-www-form-urlencoded',
      'a=x%26y%3Dz%20%C3%A9',
    ],
    ['any other → raw', '{{a.value}}', { a: '"<&' }, 'text/plain', '"<&'],
    ['matched case-insensitively', '{{A.VALUE}}', { a: '1' }, 'text/plain', '1'],
    ['an input with no value becomes an empty string', '[{{a.value}}]', {}, 'text/plain', '[]'],
    ['unknown id stays as the literal text', '{{b.value}}', { a: '1' }, 'text/plain', '{{b.value}}'],
    ['double braces only', '{a.value}', { a: '1' }, 'text/plain', '{a.value}'],
    ['a value is not substituted again', '{{a.value}}', { a: '{{a.value}}' }, 'text/plain', '{{a.value}}'],
  ])('"%s"', (_fact, body, values, type, expected) => {
    const result = substitute(body, ['a'], values, type);

    expect(result).toBe(expected);
  });

  it('"ids must match `[A-Za-z0-9_$@]+` (no hyphen)"', () => {
    const result = substitute(
      '{{a-b.value}} {{a_$@1.value}}',
      ['a-b', 'a_$@1'],
      { 'a-b': 'x', 'a_$@1': 'y' },
      'text/plain',
    );

    expect(result).toBe('{{a-b.value}} y');
  });
});

describe('what comes of the answer', () => {
  it('"200 = executed", and "CARD-ACTION-STATUS: outcome line kept with the card", with the person’s name', async () => {
    const { message, result } = await press({ answer: { headers: { 'CARD-ACTION-STATUS': 'Build 812 runs again.' } } });

    expect(result).toEqual({ is: 'done', text: 'Build 812 runs again.', reason: null, replaced: false });
    expect(message?.status).toMatchObject([{ by: 'Chloe Dupont', text: 'Build 812 runs again.', is: 'done' }]);
  });

  it('"CARD-UPDATE-IN-BODY: true + a whole card JSON in the body replaces the card"', async () => {
    const card = { '@type': 'MessageCard', summary: 'New', text: 'Done' };
    const { message, result } = await press({
      answer: { headers: { 'CARD-UPDATE-IN-BODY': 'true' }, body: JSON.stringify(card) },
    });

    expect([result.replaced, message?.card, message?.updates]).toEqual([true, card, 1]);
  });

  it.each([
    ['without the header', {}, '{"@type":"MessageCard","summary":"New"}'],
    ['with a body that is no card', { 'CARD-UPDATE-IN-BODY': 'true' }, 'nothing'],
    ['with a body that is half a card', { 'CARD-UPDATE-IN-BODY': 'true' }, '{"text":"New"}'],
  ])('keeps the card %s', async (_what, headers, body) => {
    const { message, result } = await press({ answer: { headers, body } });

    expect([result.is, result.replaced, message?.card['summary']]).toEqual(['done', false, 'A card']);
  });

  it('"Failure = 4xx plus header": the header is what the person reads', async () => {
    const { result } = await press({
      answer: { status: 403, headers: { 'CARD-ACTION-STATUS': 'You may not do this.' } },
    });

    expect(result).toMatchObject({ is: 'failed', text: 'You may not do this.' });
  });

  it('keeps the card when a failure carries one', async () => {
    const { message } = await press({
      answer: {
        status: 400,
        headers: { 'CARD-UPDATE-IN-BODY': 'true' },
        body: '{"@type":"MessageCard","summary":"New"}',
      },
    });

    expect(message?.card['summary']).toBe('A card');
  });

  it.each([
    ['500 without a header', { status: 500 }],
    ['a redirect, which is not followed', { status: 302, headers: { location: '/elsewhere' } }],
    [
      '401 with `ACTION-AUTHENTICATE`, a preview for Adaptive Cards in Outlook alone',
      { status: 401, headers: { 'ACTION-AUTHENTICATE': 'https://x.example' } },
    ],
  ])('"otherwise the client shows a generic failure": %s', async (_what, answer) => {
    const { result, product } = await press({ answer });

    expect(result).toMatchObject({
      is: 'failed',
      text: 'There was a problem submitting your changes. Try again in a minute.',
    });
    expect(product.sent).toHaveLength(1);
  });
});

it('"15 s for Http actions": gives up on a target that does not answer', async () => {
  const { url } = await aProduct('never');

  const answer = await callTarget({ target: url, headers: {}, body: '', timeoutMs: 50 });

  expect([answer, ACTION_TIMEOUT_MS]).toEqual(['the target did not answer in 0.05 s', 15_000]);
});

describe('what is not sent at all', () => {
  it.each<[string, Case, string]>([
    [
      '"Only works when the target URL is registered for the connector"',
      { action: { target: 'http://127.0.0.1:9/actions' } },
      'the target is not among the sites registered for the connector',
    ],
    [
      '"https required"',
      { action: { target: 'http://api.contoso.com/actions' }, app: { targetUrls: ['https://contoso.com'] } },
      'the target is not https',
    ],
    [
      '"`body` must be a string (an object fails)"',
      { action: { body: { a: 1 } } },
      'the body of a button must be a string',
    ],
    ['only HttpPOST is', { action: { '@type': 'OpenUri' } }, 'only an HttpPOST is sent to a server'],
    ['nothing without a target', { action: { target: 7 } }, 'the button has no target'],
    ['nothing to what is no address', { action: { target: 'actions' } }, 'the target is no address'],
    [
      '"group and shared mailboxes are unsupported"',
      { place: group },
      'actionable messages are not supported in group mailboxes',
    ],
    ['somebody of another tenant cannot press', { user: elif }, 'the person does not belong to this tenant'],
  ])('%s', async (_fact, request, reason) => {
    const { result, product } = await press(request);

    expect(result).toMatchObject({ is: 'failed', reason });
    expect(product.sent).toEqual([]);
  });

  it('a flow’s card: "the trigger does not support actionable messages"', async () => {
    const product = await aProduct();
    const microsoft365 = await aMicrosoft365({ productUrl: product.url });
    const webhook = microsoft365.api.createWebhook({ kind: 'workflow' });
    const button = { '@type': 'HttpPOST', name: 'Do it', target: product.url, body: '' };
    await post(webhook, { '@type': 'MessageCard', summary: 'A card', potentialAction: [button] });
    const [message] = microsoft365.api.messages.of(webhook.place);

    const { body } = await control(microsoft365.url, 'POST', '/press', {
      message: message?.id,
      path: 'potentialAction/0',
    });

    expect(body).toMatchObject({ request: null, result: { reason: 'a flow does not support actionable messages' } });
    expect(product.sent).toEqual([]);
  });

  it('"one or more target URLs can be the top level domain or a subdomain of it"', () => {
    const registered = ['https://contoso.com'];

    const answers = [
      'https://contoso.com/a',
      'https://api.contoso.com',
      'https://evilcontoso.com',
      'https://contoso.com.evil.example',
    ].map((target) => whyNotCalled(target, registered) === undefined);

    expect(answers).toEqual([true, true, false, false]);
  });
});

it('records every press with what was sent and what came back', async () => {
  const { microsoft365 } = await press({ answer: { headers: { 'CARD-ACTION-STATUS': 'Done.' } } });

  const { body } = await control(microsoft365.url, 'GET', '/actions');

  expect(body).toMatchObject([
    {
      user: chloe,
      path: 'potentialAction/0/actions/0',
      request: { body: '{}' },
      answer: { status: 200 },
      result: { text: 'Done.' },
    },
  ]);
});
