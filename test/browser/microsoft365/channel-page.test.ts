/** Cards drawn and pressed in Chromium, each test titled with the fact it quotes. Sources: the stand-in's README. */
import type { Browser, Locator, Page } from 'playwright-core';
import { type Microsoft365, startMicrosoft365 } from '../../../infra/local/microsoft365/server.ts';
import { aProduct, stopProducts } from '../../integration/microsoft365/a-product.ts';
import { aPage, startBrowser } from '../browser.ts';

let browser: Browser;
let microsoft365: Microsoft365;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
}, 60_000);
beforeEach(async () => {
  microsoft365 = await startMicrosoft365({ productUrl: 'http://127.0.0.1:9' });
  page = await aPage(browser);
});
afterEach(async () => {
  await page.context().close();
  await microsoft365.stop();
  await stopProducts();
});
afterAll(async () => {
  await browser.close();
});

const inbox = 'inbox-0b1ec700-0000-4000-8000-0000000000a1';
const openUri = { '@type': 'OpenUri', name: 'Open', targets: [{ os: 'default', uri: 'https://builds.example/1' }] };
const post = (name: string) => ({ '@type': 'HttpPOST', name, target: 'http://127.0.0.1:9/', body: '' });

interface Shown {
  readonly kind?: 'connector' | 'workflow';
  readonly place?: string | undefined;
  readonly view?: 'teams' | 'outlook' | 'mobile';
  readonly theme?: string;
  readonly width?: string;
}

/** Posts a card and opens the page of its place. */
async function show(
  card: object,
  { kind = 'connector', place, view = 'teams', theme = 'default', width = 'full' }: Shown = {},
): Promise<Locator> {
  const webhook = microsoft365.api.createWebhook({ kind, name: 'Builds', place });
  await fetch(webhook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(card),
  });
  await page.goto(
    `${microsoft365.url}/channel/${encodeURIComponent(webhook.place)}?${new URLSearchParams({ view, theme, width })}`,
  );
  const message = page.locator('.message');
  await message.waitFor();
  return message;
}

const sections = (count: number) => Array.from({ length: count }, (_, at) => ({ text: `Section ${at + 1}` }));

describe('what a host ignores is ignored', () => {
  it.each(['teams', 'outlook'] as const)('"≤ 10 sections" in %s', async (view) => {
    const message = await show({ summary: 's', sections: sections(11) }, { view });

    expect([await message.getByText('Section 10').count(), await message.getByText('Section 11').count()]).toEqual([
      1, 0,
    ]);
  });

  it.each([
    ['teams', 5],
    ['outlook', 4],
  ] as const)('"4 actions in the Outlook reference; 5 per section in Teams": %s', async (view, most) => {
    const message = await show(
      { summary: 's', potentialAction: Array.from({ length: 7 }, (_, at) => post(`Button ${at}`)) },
      { view },
    );

    expect(await message.getByRole('button').count()).toBe(most);
  });

  it.each([
    ['teams', 5, 0],
    ['outlook', 7, 1],
  ] as const)('"≤ 5 images in Teams", "heroImage not in Teams": %s', async (view, gallery, hero) => {
    const url = `${microsoft365.url}/assets/icon.svg`;
    const message = await show(
      {
        summary: 's',
        sections: [{ heroImage: { image: url }, images: Array.from({ length: 7 }, () => ({ image: url })) }],
      },
      { view },
    );

    expect([await message.locator('img.gallery').count(), await message.locator('img.hero').count()]).toEqual([
      gallery,
      hero,
    ]);
  });

  it.each([
    ['teams', 'bold'],
    ['outlook', '<strong>bold</strong>'],
  ] as const)('"`markdown: false` switches a section to HTML" in Teams alone: %s', async (view, text) => {
    const message = await show(
      { summary: 's', sections: [{ markdown: false, text: '<strong>bold</strong><script>alert(1)</script>' }] },
      { view },
    );

    expect((await message.locator('.section .text').textContent())?.startsWith(text)).toBe(true);
    expect(await message.locator('.section strong').count()).toBe(view === 'teams' ? 1 : 0);
  });

  it('"Teams and Outlook on the web accept only http/https" in OpenUri', async () => {
    const message = await show({
      summary: 's',
      potentialAction: [{ ...openUri, targets: [{ os: 'default', uri: 'javascript:alert(1)' }] }, openUri],
    });

    expect([
      await message.getByRole('link').count(),
      await message.getByRole('button', { disabled: true }).count(),
    ]).toEqual([1, 1]);
  });

  it('"nested actions only OpenUri/HttpPOST; no nested ActionCard"', async () => {
    const nested = { '@type': 'ActionCard', name: 'Inner', actions: [post('Deep')] };
    const message = await show({
      summary: 's',
      potentialAction: [{ '@type': 'ActionCard', name: 'Outer', actions: [nested, post('Do it')] }],
    });
    await message.getByRole('button', { name: 'Outer' }).click();

    expect([
      await message.getByRole('button', { name: 'Do it' }).count(),
      await message.getByText('Inner').count(),
    ]).toEqual([1, 0]);
  });

  it.each([
    ['outlook', true],
    ['teams', false],
  ] as const)('"a lone ActionCard is shown pre-expanded in Outlook": %s', async (view, open) => {
    const message = await show(
      { summary: 's', potentialAction: [{ '@type': 'ActionCard', name: 'More', actions: [post('Do it')] }] },
      { view },
    );

    expect(await message.getByRole('button', { name: 'Do it' }).isVisible()).toBe(open);
  });

  it('"ViewAction (legacy): still rendered"', async () => {
    const message = await show({
      summary: 's',
      potentialAction: [{ '@type': 'ViewAction', name: 'View', target: ['http://builds.example/1'] }],
    });

    expect(await message.getByRole('link', { name: 'View' }).getAttribute('href')).toBe('http://builds.example/1');
  });
});

describe('cards of a flow', () => {
  const envelope = (content: object) => ({
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  });

  it('"MessageCard accepted, button rendering not supported"', async () => {
    const message = await show(
      { '@type': 'MessageCard', summary: 's', text: 'Hello', potentialAction: [openUri, post('Do it')] },
      { kind: 'workflow' },
    );

    expect([
      await message.getByText('Hello').count(),
      await message.getByRole('button').count(),
      await message.getByRole('link').count(),
    ]).toEqual([1, 0, 0]);
  });

  it('are drawn with the adaptivecards package, links work, and "actionable messages are not supported"', async () => {
    const actions = [
      { type: 'Action.OpenUrl', title: 'Open', url: `${microsoft365.url}/requests` },
      { type: 'Action.Submit', title: 'Submit' },
    ];
    const message = await show(
      envelope({ type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text: 'Hello **you**' }], actions }),
      { kind: 'workflow' },
    );

    const opened = page.context().waitForEvent('page');
    await message.getByRole('link', { name: 'Open' }).click();
    const address = (await opened).url();
    await message.getByRole('button', { name: 'Submit' }).click();
    await page.locator('.status .failed').waitFor();

    expect([
      await page.locator('.adaptive-card b').textContent(),
      address.endsWith('/requests') || address === 'about:blank',
    ]).toEqual(['you', true]);
  });
});

it('"Outlook for Mac/iOS/Android never render MessageCard": its text and the way to the whole', async () => {
  const message = await show(
    { summary: 'In short', title: 'Two builds **failed**', sections: sections(1), potentialAction: [openUri] },
    { view: 'mobile', width: 'phone' },
  );

  expect(await message.locator('.plain').textContent()).toBe('Two builds failedOpen in the browser');
  expect([await message.locator('.message-card').count(), await message.getByText('Section 1').count()]).toEqual([
    0, 0,
  ]);
});

describe('pressing buttons', () => {
  const inputs = [
    { '@type': 'TextInput', id: 'comment', title: 'Comment', isRequired: true },
    { '@type': 'DateInput', id: 'due', title: 'Due' },
    {
      '@type': 'MultichoiceInput',
      id: 'list',
      title: 'List',
      isMultiSelect: 'true',
      choices: [
        { display: 'One', value: '1' },
        { display: 'Two', value: '2' },
      ],
    },
  ];
  const body = '{"c":"{{comment.value}}","d":"{{due.value}}","l":"{{list.value}}"}';

  /** A product, a card whose ActionCard leads to it, opened. */
  async function opened(answer = {}, where: Shown = {}) {
    const product = await aProduct(answer);
    microsoft365.api.registerApp(product.url);
    const action = { ...post('Send'), target: `${product.url}/actions`, body };
    const message = await show(
      {
        '@type': 'MessageCard',
        summary: 'Old card',
        potentialAction: [{ '@type': 'ActionCard', name: 'Comment', inputs, actions: [action] }, openUri],
      },
      where,
    );
    await message.getByRole('button', { name: 'Comment' }).click();
    return { product, message };
  }

  it('collects inputs, substitutes them, posts from the server with a token, and shows CARD-ACTION-STATUS as "a reply in the thread with the actor’s name"', async () => {
    const { product } = await opened({ headers: { 'CARD-ACTION-STATUS': 'Comment kept.' } });

    await page.getByLabel('Pressed by').selectOption({ label: 'Ben Walters' });
    await page.locator('.message').getByRole('button', { name: 'Comment' }).click();
    await page.locator('.message').getByLabel('Comment').fill('A "good" one');
    await page.locator('.message').getByLabel('Due').fill('2026-12-24');
    await page.locator('.message').getByLabel('One').check();
    await page.locator('.message').getByLabel('Two').check();
    await page.locator('.message').getByRole('button', { name: 'Send' }).click();
    await page.getByText('Ben Walters: Comment kept.').waitFor();

    expect(JSON.parse(product.sent[0]?.body ?? '')).toEqual({ c: 'A "good" one', d: '2026-12-24', l: '1,2' });
    expect(product.sent[0]?.headers['authorization']).toMatch(/^Bearer ey/);
  });

  it('does not send while a required input is empty', async () => {
    const { product, message } = await opened();

    await message.getByRole('button', { name: 'Send' }).click();
    const valid = await message.getByLabel('Comment').evaluate((field) => Reflect.get(field, 'validity').valid);

    expect([valid, product.sent]).toEqual([false, []]);
  });

  it('CARD-UPDATE-IN-BODY swaps the card, whose buttons then work', async () => {
    const card = { '@type': 'MessageCard', summary: 'New card', text: 'Done by Adele', potentialAction: [openUri] };
    const { message } = await opened({ headers: { 'CARD-UPDATE-IN-BODY': 'true' }, body: JSON.stringify(card) });

    await message.getByLabel('Comment').fill('x');
    await message.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Done by Adele').waitFor();

    expect([await page.getByText('Updated').count(), await page.getByRole('link', { name: 'Open' }).count()]).toEqual([
      1, 1,
    ]);
  });

  it('a failure looks like Teams’ failure', async () => {
    const { message } = await opened({ status: 500 });

    await message.getByLabel('Comment').fill('x');
    await message.getByRole('button', { name: 'Send' }).click();

    await page.locator('.status .failed').getByText('There was a problem submitting your changes.').waitFor();
    expect(await page.locator('.status li').count()).toBe(1);
  });

  it('in Outlook the status is "a line on the card"', async () => {
    const { message } = await opened(
      { headers: { 'CARD-ACTION-STATUS': 'Comment kept.' } },
      { view: 'outlook', place: inbox },
    );

    await message.getByLabel('Comment').fill('x');
    await message.getByRole('button', { name: 'Send' }).click();

    await page.getByText(/^Comment kept\. \(Adele Vance, /).waitFor();
    expect(await page.getByText('Comment kept.').count()).toBe(1);
  });
});

it.each([
  ['default', 'rgb(255, 255, 255)'],
  ['dark', 'rgb(41, 41, 41)'],
  ['contrast', 'rgb(0, 0, 0)'],
])('draws in the theme %s, at phone width', async (theme, colour) => {
  await page.setViewportSize({ width: 360, height: 720 });
  const message = await show({ summary: 's', title: 'A title', text: 'x'.repeat(300) }, { theme, width: 'phone' });

  const ground = await message
    .locator('.message-card')
    .evaluate((card) => Reflect.get(globalThis, 'getComputedStyle')(card).backgroundColor);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  expect([ground, overflow]).toEqual([colour, 0]);
});

it('a new card appears by itself', async () => {
  const first = await show({ text: 'First' });
  const place = microsoft365.api.webhooks()[0]?.place;
  const webhook = microsoft365.api.createWebhook({ kind: 'connector', place });

  await fetch(webhook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"text":"Second"}',
  });
  await page.getByText('Second').waitFor();

  expect(await first.count()).toBe(2);
});

it('what somebody is typing stays when another card arrives', async () => {
  const action = {
    '@type': 'ActionCard',
    name: 'Comment',
    inputs: [{ '@type': 'TextInput', id: 'c', title: 'Say' }],
    actions: [],
  };
  const first = await show({ summary: 's', potentialAction: [action, openUri] });
  const webhook = microsoft365.api.createWebhook({ kind: 'connector', place: microsoft365.api.webhooks()[0]?.place });
  await first.getByRole('button', { name: 'Comment' }).click();
  await first.getByLabel('Say').fill('half a sen');

  await fetch(webhook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"text":"Second"}',
  });
  await page.getByText('Second').waitFor();

  await page.keyboard.type('tence');

  expect(await page.getByLabel('Say').inputValue()).toBe('half a sentence');
});
