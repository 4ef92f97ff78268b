/** The newcomer's journey: a connector added in Teams, sample events by one button, eight items on a card, three people who answer three of them, the connector removed. */
import type { Page } from 'playwright-core';
import { readAnswers } from '../../../infra/local/demo/answer-card.ts';
import { isQuiet } from '../../../infra/local/demo/judge.ts';
import { type LiveSystem, startLiveSystem } from './live-system.ts';

const PEOPLE = [
  ['0b1ec700-0000-4000-8000-0000000000a1', 'Adele Vance'],
  ['0b1ec700-0000-4000-8000-0000000000a2', 'Ben Walters'],
  ['0b1ec700-0000-4000-8000-0000000000a3', 'Chloe Dupont'],
] as const;
const [[ADELE], [BEN]] = PEOPLE;

/** What the samples' buttons are called: some are answered at once, some open a form. */
const ANSWERS = /^(Mark as seen|Comment)$/;

let live: LiveSystem;
let page: Page;
beforeAll(async () => {
  live = await startLiveSystem();
  page = await live.page({ viewport: { width: 1100, height: 900 } });
}, 90_000);
afterAll(() => live.stop(), 30_000);

async function until(what: string, isDone: () => Promise<boolean>): Promise<void> {
  const patience = performance.now() + 30_000;
  while (!(await isDone())) {
    if (performance.now() > patience) throw new Error(`gave up waiting: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** In any zone it is past nine on a Monday then, and the minute over which jobs are spread is over. */
function nextMondayMorning(): number {
  const day = 24 * 3_600_000;
  const monday = Math.floor((Date.now() + 3 * day) / (7 * day)) * 7 * day + 4 * day; // 1 January 1970 was a Thursday
  return monday + (monday < Date.now() ? 7 * day : 0) + 22 * 3_600_000 + 90_000;
}

/** Presses the one button on the pages that sends samples. */
async function sendSamples(): Promise<void> {
  await page.goto(live.azure.microsoft365.url);
  await page.getByRole('button', { name: 'Send sample events' }).click();
  await page.getByText(/^Sent 8 events to /).waitFor();
}

/** Sends samples, and lets the next Monday's digest come. */
async function letDigestCome(): Promise<void> {
  const { azure } = live;
  await sendSamples();
  await until('events', async () => !(await isQuiet(azure.connectionString)));
  await azure.setClock({ wall: nextMondayMorning() });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await azure.functions.runNow('dispatch-due');
  await until('the digest', () => isQuiet(azure.connectionString));
}

it('is gone through in a channel of Teams', async () => {
  const { azure } = live;
  const { place } = live.webhook('connector', 'Newcomers');
  await page.goto(`${azure.microsoft365.url}/teams?${new URLSearchParams({ place, user: ADELE })}`);
  await page.getByRole('button', { name: 'Connectors' }).click();
  await page
    .getByRole('dialog', { name: 'Connectors' })
    .getByRole('button', { name: 'Configure', exact: true })
    .click();
  const frame = page.frameLocator('dialog.configuration iframe');
  const opening = page.context().waitForEvent('page');
  await frame.getByRole('button', { name: 'Sign in to Octoforge' }).click();
  const window = await opening;
  await window.getByLabel(/^ ?Ada/).check();
  await window.getByRole('button', { name: 'Sign in' }).click();
  await frame.getByRole('heading', { name: 'Topics' }).or(frame.locator('.choices')).first().waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('dialog.configuration').waitFor({ state: 'detached' });
  await letDigestCome();
  await readAnswers(azure.connectionString); // what is told of the subscription

  const channels = await Promise.all(
    PEOPLE.map(async ([user]) => {
      const own = await live.page({ viewport: { width: 1100, height: 900 } });
      await own.goto(`${azure.microsoft365.url}/channel/${encodeURIComponent(place)}?user=${user}`);
      return own;
    }),
  );
  const buttons = (own: Page) => own.getByRole('button', { name: 'Mark as seen', exact: true });
  await Promise.all(channels.map((own) => own.getByRole('button', { name: ANSWERS }).nth(7).waitFor()));
  const message = azure.microsoft365.api.messages.of(place).at(-1);
  await Promise.all(channels.map((own, index) => buttons(own).nth(index).click()));
  await until('three answers', async () => message?.updates === 3);
  const [first] = channels as [Page];
  await first
    .getByText(/was sent to Octoforge/)
    .nth(2)
    .waitFor();
  const three = await readAnswers(azure.connectionString);
  const shown = JSON.stringify(message?.card);
  // Then those that nobody answered, one after the other, on the card as it was last shown.
  const left = await first.getByRole('button', { name: ANSWERS }).count();
  for (let pressed = 1; pressed <= left; pressed++) {
    await first.getByRole('button', { name: ANSWERS }).first().click();
    const form = first.locator('form.action-card:visible');
    if ((await form.count()) > 0) {
      await form.getByRole('textbox').fill(`Comment ${pressed}`);
      await form.getByRole('button').click();
    }
    await until(`press ${pressed} of the others`, async () => message?.updates === 3 + pressed);
    await until(
      'a button less',
      async () => (await first.getByRole('button', { name: ANSWERS }).count()) < left + 1 - pressed,
    );
  }
  const others = await readAnswers(azure.connectionString);

  expect(three).toHaveLength(3);
  expect(new Set(three.map(({ data }) => (data as { actor: { oid: string } }).actor.oid)).size).toBe(3);
  for (const [, name] of PEOPLE) expect(shown).toContain(`done by ${name}`);
  expect(left).toBe(5);
  expect(others).toHaveLength(5);
  expect(new Set([...three, ...others].map(({ data }) => (data as { event: { id: string } }).event.id)).size).toBe(8);

  await azure.setClock({ wall: Date.now() }); // people's tokens are of today
  await page.goto(`${azure.microsoft365.url}/teams?${new URLSearchParams({ place, user: ADELE })}`);
  await page.getByRole('button', { name: 'Connectors' }).click();
  await page.getByRole('dialog', { name: 'Connectors' }).getByRole('button', { name: 'Remove', exact: true }).click();
  await frame.locator('main:not(.loading) h1').waitFor();
  await page.locator('dialog.configuration').getByRole('button', { name: 'Remove' }).click();
  await page.locator('dialog.configuration').waitFor({ state: 'detached' });
  expect(azure.microsoft365.api.connectors.list(place)).toEqual([]);
}, 120_000);

/** Opens the page as the product does for an account, and pastes a Workflows channel's address; gives its place. */
async function paste(account: string, name: string): Promise<string> {
  const { place, url } = live.webhook('workflow', name);
  await page.goto(`${live.url}/config#setup_token=${await live.setupToken({ account })}`);
  await page.getByLabel('Webhook address of the channel').fill(url);
  await page.getByLabel('Name of the channel').fill(name);
  return place;
}

it('is gone through in a Workflows channel, with links', async () => {
  const { azure } = live;
  await azure.setClock({ wall: Date.now() });
  const place = await paste('links', 'Newcomers by link');
  await page.getByRole('radio', { name: 'Every week' }).check();
  await page.getByLabel('Day', { exact: true }).selectOption('mon');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^Saved\./).waitFor();
  const settings = page.url();
  await letDigestCome();
  await readAnswers(azure.connectionString); // what is told of the subscription

  const channels = await Promise.all(
    PEOPLE.map(async ([user]) => {
      const own = await live.page({ viewport: { width: 1100, height: 900 } });
      await own.goto(`${azure.microsoft365.url}/channel/${encodeURIComponent(place)}?user=${user}`);
      await own.getByRole('link', { name: ANSWERS }).nth(7).waitFor();
      return own;
    }),
  );
  await Promise.all(channels.map((own, index) => answerByLink(own, index)));
  const three = await readAnswers(azure.connectionString);
  const [first] = channels as [Page];
  for (let item = 3; item < 8; item++) await answerByLink(first, item);
  const others = await readAnswers(azure.connectionString);
  const again = await openLink(first, 0);
  await again.getByText('This was done already.').waitFor();

  expect(three).toHaveLength(3);
  expect(others).toHaveLength(5);
  const all = [...three, ...others].map(({ data }) => data as { via: string; actor: unknown; event: { id: string } });
  expect(all.every(({ via, actor }) => via === 'link' && actor === null)).toBe(true);
  expect(new Set(all.map(({ event }) => event.id)).size).toBe(8);

  await azure.setClock({ wall: Date.now() });
  await page.goto(settings);
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page
    .getByText(/Removed/)
    .first()
    .waitFor();
  const gone = await openLink(first, 0);
  await gone.getByText('action-gone').waitFor();
}, 120_000);

it('signs a reader in at Entra where the channel demands to know who answers, and tells the product who it was', async () => {
  const { azure } = live;
  await azure.setClock({ wall: Date.now() });
  const place = await paste('known', 'Known by name');
  await page.getByRole('radio', { name: 'As it happens' }).check();
  await page.getByText('More options').click();
  await page.getByLabel('Only people who are signed in may answer from a card').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^Saved\./).waitFor();
  await sendSamples();
  await readAnswers(azure.connectionString); // what is told of the subscription
  const channel = await live.page({ viewport: { width: 1100, height: 900 } });
  await channel.goto(`${azure.microsoft365.url}/channel/${encodeURIComponent(place)}`);

  const refused = await openLink(channel, 0);
  await refused.getByRole('button', { name: 'Cancel' }).click();
  await refused.getByText('sign-in-refused').waitFor();
  const window = await openLink(channel, 0);
  await window.getByRole('radio', { name: /Ben Walters/ }).check();
  await window.getByRole('button', { name: 'Accept' }).click();
  await window.getByText('You act as Ben Walters.').waitFor();
  await sendForm(window);
  const answers = await readAnswers(azure.connectionString);

  expect(new URL(window.url()).origin).toBe(live.url);
  expect(answers).toHaveLength(1);
  expect(answers[0]?.['data']).toMatchObject({ via: 'link', actor: { oid: BEN, tid: expect.any(String) } });
  // The form that Entra posted brought a cookie of this browser, which is spent.
  expect((await channel.context().cookies()).map(({ name }) => name)).not.toContain('__Host-tidings-reader');
}, 60_000);

/** Presses the nth item's button on a flow's card: a link, which opens in a window. */
async function openLink(channel: Page, item: number): Promise<Page> {
  const opening = channel.context().waitForEvent('page');
  await channel.getByRole('link', { name: ANSWERS }).nth(item).click();
  return opening;
}

async function answerByLink(channel: Page, item: number): Promise<void> {
  const window = await openLink(channel, item);
  await window.getByText('Anyone who has this link may act.').waitFor();
  await sendForm(window);
  await window.close();
}

async function sendForm(window: Page): Promise<void> {
  const comment = window.getByRole('textbox');
  if ((await comment.count()) > 0) await comment.fill('Seen, I look at it.');
  await window.getByRole('button', { name: 'Send' }).click();
  await window.getByText(/was sent to Octoforge/).waitFor();
}
