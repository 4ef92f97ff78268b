/** The pages beside Teams and Outlook, in Chromium: picker, playground, faults, flow runs, requests, the first page. */
import type { Browser, Page } from 'playwright-core';
import {
  type Microsoft365,
  type Microsoft365Options,
  startMicrosoft365,
} from '../../../infra/local/microsoft365/server.ts';
import { aProduct, stopProducts } from '../../integration/microsoft365/a-product.ts';
import { aPage, startBrowser } from '../browser.ts';

let browser: Browser;
let microsoft365: Microsoft365;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
}, 60_000);
beforeEach(async () => {
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

async function start(options: Microsoft365Options = {}): Promise<string> {
  microsoft365 = await startMicrosoft365(options);
  return microsoft365.url;
}

const post = (url: string, card: object) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(card) });

it.each([
  ['Allow', 'app_type=groups'],
  ['Deny', 'error=AccessDenied'],
])('the picker goes back to the product on %s', async (button, expected) => {
  const product = await aProduct();
  const url = await start({ productUrl: product.url });
  const query = {
    state: 's',
    app_id: microsoft365.api.world.app.appId,
    callback_url: `${product.url}/connect/callback`,
  };
  await page.goto(`${url}/connectors/Connect?${new URLSearchParams(query)}`);

  await page.getByLabel('Release watch').check();
  await page.getByRole('button', { name: button }).click();
  await page.waitForURL(`${product.url}/**`);

  expect(page.url()).toContain(expected);
});

it('the picker asks again for another person, and remembers what it was asked', async () => {
  const url = await start();
  const query = { state: 's', app_id: microsoft365.api.world.app.appId, callback_url: 'http://127.0.0.1:9/cb' };
  await page.goto(`${url}/connectors/Connect?${new URLSearchParams(query)}`);

  await page.getByLabel('Signed in as').selectOption({ label: 'Elif Yilmaz' });
  await page.getByLabel('Fabrikam all').waitFor();

  expect([new URL(page.url()).searchParams.get('state'), await page.getByLabel('Product team').count()]).toEqual([
    's',
    0,
  ]);
});

it('the playground weighs a card in bytes, draws it in both hosts, and shows what the linter says', async () => {
  const url = await start({
    lint: (text) => (text.includes('summary') ? [] : [{ level: 'error', message: 'needs a summary' }]),
  });
  await page.goto(`${url}/playground`);

  await page.locator('#source').fill('{"text":"Grüße"}');
  await page.getByText('error: needs a summary').waitFor();

  expect(await page.locator('#size').textContent()).toBe('18 bytes of 28,672');
  expect(await page.getByText('Grüße', { exact: true }).count()).toBe(3);
});

it('the playground says when there is no linter and when there is no JSON', async () => {
  const url = await start();
  await page.goto(`${url}/playground`);
  await page.getByText('No linter here').waitFor();

  await page.locator('#source').fill('{');
  await page.getByText('No JSON').waitFor();

  expect(await page.locator('#findings li').count()).toBe(1);
});

it.each([
  ['connector', '200 1'],
  ['workflow', '202'],
])('the playground posts to a channel through a %s', async (kind, answer) => {
  const url = await start();
  await page.goto(`${url}/playground`);
  await page.locator('#place').selectOption({ label: 'Engineering › Build room' });
  await page.locator('#kind').selectOption(kind);

  await page.getByRole('button', { name: 'Post' }).click();
  await page.getByText(answer).waitFor();
  await page.getByRole('link', { name: 'See it there' }).click();
  await page.locator('.message').getByText('2 builds failed').waitFor();

  expect(microsoft365.api.messages.of('19:builds@thread.tacv2')).toHaveLength(1);
});

it('faults are switched on and off by a form', async () => {
  const url = await start();
  const webhook = microsoft365.api.createWebhook({ kind: 'connector', name: 'Builds' });
  await page.goto(`${url}/faults`);
  await page.getByLabel('What').selectOption('hidden-error');
  await page.getByLabel('Code or ms').fill('413');
  await page.getByLabel('How often').selectOption('always');

  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByText('{"do":"hidden-error","code":413}').waitFor();
  const during = await (await post(webhook.url, { text: 'a' })).text();
  await page.getByRole('button', { name: 'Switch all off' }).click();
  await page.getByText('Everything works.').waitFor();
  const after = await (await post(webhook.url, { text: 'a' })).text();

  expect([during.includes('HTTP error 413'), after]).toEqual([true, '1']);
});

it('the client and people’s consent are switched by forms', async () => {
  const url = await start();
  await page.goto(`${url}/faults`);

  await page.getByLabel('A save brings another webhook').selectOption('old-gone');
  await page.getByRole('button', { name: 'Change' }).first().click();
  await page.getByLabel('Adele Vance').selectOption('refused');
  await page.getByRole('button', { name: 'Change' }).last().click();
  await page.waitForLoadState();

  expect([microsoft365.api.quirks.newWebhookOnSave, microsoft365.api.world.users[0]?.consent]).toEqual([
    'old-gone',
    'refused',
  ]);
});

it('another site’s form switches nothing', async () => {
  const url = await start();

  const answer = await fetch(`${url}/faults`, {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
    body: new URLSearchParams({ do: 'add', effect: 'reset before' }),
  });

  expect([answer.status, microsoft365.api.faults.list()]).toEqual([403, []]);
});

it('"only visible in the flow’s run history": the page shows it', async () => {
  const url = await start();
  const webhook = microsoft365.api.createWebhook({ kind: 'workflow', name: 'Nightly' });
  await post(webhook.url, { text: 'no envelope' });

  await page.goto(`${url}/flows`);

  expect(await page.locator('section', { hasText: 'Nightly' }).locator('td').allTextContents()).toEqual([
    expect.any(String),
    expect.stringContaining('Failed'),
    expect.stringContaining('ExpressionEvaluationFailed'),
  ]);
});

it('the page of requests lists what arrived, with body and answer', async () => {
  const url = await start();
  const webhook = microsoft365.api.createWebhook({ kind: 'connector', name: 'Builds' });
  await post(webhook.url, { text: '<i>not markup</i>' });

  await page.goto(`${url}/requests`);
  await page.locator('details.request summary').click();

  expect(await page.locator('details.request pre').nth(1).textContent()).toContain('<i>not markup</i>');
});

it('the first page lets something happen in the product when it can', async () => {
  const url = await start({ sample: async () => '8 events were sent.' });
  await page.goto(`${url}/`);

  await page.getByRole('button', { name: 'Send sample events' }).click();
  await page.getByText('8 events were sent.').waitFor();

  expect(await page.getByRole('link', { name: 'Engineering › General' }).count()).toBe(1);
});

it('makes addresses for pasting: an Incoming Webhook and a flow', async () => {
  const url = await start();
  await page.goto(`${url}/teams`);
  await page.getByRole('button', { name: 'Connectors' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('button', { name: 'Create a flow' }).click();

  const fields = page.getByLabel('Webhook address');
  await fields.nth(1).waitFor();

  expect([await fields.nth(0).inputValue(), await fields.nth(1).inputValue()]).toEqual(
    microsoft365.api.webhooks().map((webhook) => webhook.url),
  );
});

it.each(['/', '/teams', '/outlook', '/requests', '/faults', '/flows', '/playground'])(
  '%s runs under its own policy without an error',
  async (path) => {
    const url = await start();
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));

    await page.goto(url + path);
    await page.getByRole('navigation').first().waitFor();

    expect(errors).toEqual([]);
  },
);
