/** The owner's journeys on a page of its own: a pasted address, Connect, and everything that can be done afterwards. */
import type { Page, Response } from 'playwright-core';
import { type LiveSystem, startLiveSystem } from './live-system.ts';

let live: LiveSystem;
let page: Page;

beforeAll(async () => {
  live = await startLiveSystem();
}, 90_000);
afterAll(() => live.stop(), 30_000);
beforeEach(async () => {
  page = await live.page();
});
afterEach(() => page.context().close());

const button = (name: string | RegExp) => page.getByRole('button', { name });
const says = (text: string | RegExp) => page.getByText(text).first().waitFor();

/** Opens the page as somebody who comes from the product. */
async function enter(claims: object = {}, path = '/config'): Promise<void> {
  await page.goto(`${live.url}${path}#setup_token=${await live.setupToken(claims)}`);
  await page.locator('main:not(.loading) h1').waitFor();
}

/** Sets a channel up and gives its id. */
async function setUp(name = 'Build room', kind: 'connector' | 'workflow' = 'workflow') {
  const webhook = live.webhook(kind);
  await enter();
  await page.getByLabel('Webhook address of the channel').fill(webhook.url);
  await page.getByLabel('Name of the channel').fill(name);
  await button('Save').click();
  await says(/^Saved\./);
  return { webhook, id: new URL(page.url()).searchParams.get('subscription') ?? '' };
}

it('sets a channel up with a pasted address, and names account and person before', async () => {
  await enter();
  await says('Account acme, signed in as ada@acme.example');

  const { id } = await setUp();

  expect(id).toMatch(/^sub_/);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Settings for Build room');
});

it('takes the setup token out of the address before anything else', async () => {
  await enter();

  expect(page.url()).toBe(`${live.url}/config`);
  expect(await page.evaluate('history.length')).toBeLessThanOrEqual(2);
});

it('changes what was chosen, and shows it when it is opened again', async () => {
  const { id } = await setUp();
  await page.getByRole('radio', { name: 'Every week' }).check();
  await page.getByLabel('Day', { exact: true }).selectOption('fri');
  await page.getByLabel('Time', { exact: true }).fill('16:30');
  await page.getByRole('combobox', { name: 'Time zone' }).fill('tokyo');
  await page.getByRole('option', { name: /Tokyo/ }).click();
  await page.getByRole('checkbox', { name: /^Everything/ }).check();
  await button('Save').click();
  await says(/^Saved\./);

  await page.goto(`${live.url}/config?subscription=${id}`);
  await button('Save').waitFor();

  expect(await page.getByLabel('Time', { exact: true }).inputValue()).toBe('16:30');
  expect(await page.getByLabel('Day', { exact: true }).inputValue()).toBe('fri');
  expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Asia/Tokyo');
  expect(await page.getByRole('checkbox', { name: /^Everything/ }).isChecked()).toBe(true);
});

it('keeps whether a test card was seen that was sent before there was anything saved', async () => {
  const webhook = live.webhook('workflow');
  await enter();
  await page.getByLabel('Webhook address of the channel').fill(webhook.url);
  await page.getByLabel('Name of the channel').fill('Build room');
  await button('Send a test card').click();
  await button('Yes, I see it').click();
  await says('Good. Everything works.');
  await button('Save').click();
  await says(/^Saved\./);

  await says(/^Test card .*: you saw it in the channel\.$/);

  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Settings for Build room');
});

it('has another channel told when this one stops working', async () => {
  const { id: other } = await setUp('Release watch');
  const { id } = await setUp('Lighthouse');
  await page.getByText('More options').click();
  const choice = page.getByLabel('When this channel stops working, tell');
  expect(await choice.locator('option').allTextContents()).not.toContain('Lighthouse');
  await choice.selectOption({ value: other });
  await button('Save').click();
  await says(/^Saved\./);

  await page.goto(`${live.url}/config?subscription=${id}`);
  await page.getByText('More options').click();

  expect(await choice.inputValue()).toBe(other);
});

it('pauses until a date, resumes, and says so', async () => {
  await setUp();
  await button('Pause…').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Until').selectOption('date');
  await dialog.getByLabel('Date').fill('2028-05-04');
  await dialog.getByLabel('What arrives meanwhile').selectOption('drop');
  await dialog.getByRole('button', { name: 'Pause' }).click();
  await says(/^Paused until Thursday.*4 May 2028.*What arrives meanwhile is not kept\.$/);

  await button('Resume').click();

  await says('Going on.');
  await button('Pause…').waitFor();
});

it('asks once before it removes, and then finds nothing there', async () => {
  const { id } = await setUp();
  await button('Remove…').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await button('Remove…').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove for good' }).click();
  await says('Removed. Nothing will be sent any more.');

  await page.goto(`${live.url}/config?subscription=${id}`);

  await says('This is not yours to change');
});

it('moves to another address of the other kind and keeps the choices', async () => {
  await setUp('Build room', 'connector');
  await page.getByLabel('Time', { exact: true }).fill('07:15');
  await button('Save').click();
  await says(/^Saved\./);
  await button('Change the webhook…').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('New webhook address').fill(live.webhook('workflow').url);
  await dialog.getByRole('button', { name: 'Use this address' }).click();

  await says('The new address is in use. Send a test card to be sure.');

  expect(await page.getByLabel('Time', { exact: true }).inputValue()).toBe('07:15');
});

it('says why an address is refused, and keeps what was typed', async () => {
  const first = await setUp();
  await enter();
  await page.getByLabel('Name of the channel').fill('Elsewhere');
  await page.getByLabel('Webhook address of the channel').fill('https://evil.example/webhook/x');
  await button('Save').click();
  await says(/^This is not an address that we may post to/);

  await page.getByLabel('Webhook address of the channel').fill(first.webhook.url);
  await button('Save').click();

  await says(/^This address is in use for another channel/);
  expect(await page.getByLabel('Name of the channel').inputValue()).toBe('Elsewhere');
});

const isPatch = (answer: Response) => answer.request().method() === 'PATCH';

it('lets the second of two tabs choose between theirs and its own', async () => {
  const { id } = await setUp();
  const other = await page.context().newPage();
  await other.goto(`${live.url}/config?subscription=${id}`);
  await other.getByLabel('Time', { exact: true }).fill('11:11');
  await page.getByLabel('Time', { exact: true }).fill('10:10');
  await button('Save').click();
  await says(/^Saved\./);
  const otherButton = (name: string) => other.getByRole('button', { name }).click();
  await otherButton('Save');
  await other.getByText('Somebody changed these settings while you had them open.').waitFor();
  await otherButton('Show what they saved');
  await other.getByText('Somebody changed these settings while you had them open.').waitFor({ state: 'detached' });
  expect(await other.getByLabel('Time', { exact: true }).inputValue()).toBe('10:10');

  await other.getByLabel('Time', { exact: true }).fill('12:12');
  // Another choice, not the same once more: that would be nobody's conflict.
  await page.getByLabel('Time', { exact: true }).fill('10:20');
  await Promise.all([page.waitForResponse(isPatch), button('Save').click()]);
  await otherButton('Save');
  await otherButton('Save mine instead');

  await other.getByText(/^Saved\./).waitFor();
  await page.reload();
  expect(await page.getByLabel('Time', { exact: true }).inputValue()).toBe('12:12');
});

it('shows a subscription of somebody else’s to nobody', async () => {
  const { id } = await setUp();
  await page.context().clearCookies();

  await enter({ sub: 'grace@acme.example' }, `/config?subscription=${id}`);

  await says('This is not yours to change');
});

it('says what to do when the session has ended, and keeps the form', async () => {
  await setUp();
  await page.getByLabel('Time', { exact: true }).fill('06:06');
  await page.context().clearCookies();

  await button('Save').click();

  await says(/^Your session has ended/);
  expect(await page.getByLabel('Time', { exact: true }).inputValue()).toBe('06:06');
});

it('comes back from Connect with everything set up as recommended', async () => {
  await enter();
  await page.getByRole('link', { name: 'Connect to Office 365' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();

  await page.waitForURL(/\/config\?subscription=sub_/);

  await button('Save').waitFor();
  await says(/^Every day|Every day/);
  expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Europe/Berlin');
});

it('leads from the landing page through the product’s sign-in to Office 365', async () => {
  await page.goto(`${live.url}/`);
  await page.getByRole('link', { name: 'Connect to Office 365' }).click();
  const opening = page.context().waitForEvent('page');
  await button('Sign in to Octoforge').click();
  const window = await opening;
  await window.getByRole('button', { name: 'Sign in' }).click();
  await says('Account acme, signed in as ada@acme.example');

  await page.getByRole('link', { name: 'Connect to Office 365' }).click();

  await button('Allow').waitFor();
});

it('serves the help, its chapters and its pictures', async () => {
  const broken: string[] = [];
  page.on('response', (answer) => void (answer.status() >= 400 && broken.push(answer.url())));
  await page.goto(`${live.url}/help`);
  await page.getByRole('heading', { name: 'When nothing arrives' }).waitFor();

  await page.goto(`${live.url}/help/when-nothing-arrives`);

  await page.getByRole('heading', { level: 1, name: 'When nothing arrives' }).waitFor();
  expect(broken).toEqual([]);
});

it('says that nothing was lost while the vault is away, and saves when it is back', async () => {
  const webhook = live.webhook();
  await enter();
  await page.getByLabel('Webhook address of the channel').fill(webhook.url);
  await page.getByLabel('Name of the channel').fill('Patient room');
  live.azure.keyVault.faults.add({ fault: { is: 'failing', status: 500 }, path: '/secrets/webhook' });
  await button('Save').click();
  await says(/^Something is out of order on our side/);
  live.azure.keyVault.faults.clear();

  await button('Save').click();

  await says(/^Saved\./);
});

it('is done in eight interactions: open, paste, name, find and choose a topic, test, say that one sees it, save', async () => {
  const webhook = live.webhook();
  let interactions = 0;
  const does = async (action: Promise<unknown>) => {
    await action;
    interactions += 1;
  };

  await does(enter());
  await does(page.getByLabel('Webhook address of the channel').fill(webhook.url));
  await does(page.getByLabel('Name of the channel').fill('Build room'));
  await does(page.getByLabel('Search topics').fill('wiki'));
  await does(page.getByRole('checkbox', { name: /^Wiki changed/ }).check());
  await page.locator('.card-picture > *').waitFor();
  await says('The next five times');
  await does(button('Send a test card').click());
  await does(button('Yes, I see it').click());
  await does(button('Save').click());
  await says(/^Saved\. The next card comes/);

  expect(interactions).toBeLessThanOrEqual(8);
  expect(live.azure.microsoft365.api.requests.list({ webhook: webhook.id }).map(({ accepted }) => accepted)).toContain(
    true,
  );
});

it('posts the very bytes that the preview shows', async () => {
  const webhook = live.webhook();
  await enter();
  const previewed = page.waitForResponse((answer) => answer.url().endsWith('/api/preview') && answer.ok());
  await page.getByLabel('Webhook address of the channel').fill(webhook.url);
  const { card } = (await (await previewed).json()) as { card: { body: string } };
  await page.locator('.preview[aria-busy=false]').waitFor();

  await button('Send a test card').click();
  await says('Do you see it in the channel?');

  expect(live.azure.microsoft365.api.requests.list({ webhook: webhook.id })[0]?.body).toBe(card.body);
});

it('says why a test card was refused, and what to do', async () => {
  const { webhook } = await setUp();
  live.azure.microsoft365.api.webhook(webhook.id).state = 'removed';
  await page.getByRole('status').filter({ hasText: /^$/ }).first().waitFor({ state: 'attached' });

  await expectTestToSay(/The channel did not take the card\.\s*the address of the channel no longer exists/i);
});

/** The welcome card may be on its way: then the page says to try again in a moment. */
async function expectTestToSay(text: RegExp): Promise<void> {
  const said = page.getByText(text);
  const isBusy = page.getByText(/^Another card is on its way/);
  for (let tries = 0; tries < 5; tries += 1) {
    await button('Send a test card').click();
    await said.or(isBusy).first().waitFor();
    if (await said.isVisible()) return;
  }
  throw new Error('the channel was busy all the time');
}

it('never writes a webhook’s address into its lines', () => {
  expect(live.lines.join('\n')).not.toMatch(/\/workflows\/[0-9a-f]{32}|webhookb2/);
});
