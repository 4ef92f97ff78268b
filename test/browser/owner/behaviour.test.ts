/** The page where answers are slow, where there is no mouse, and what it weighs. */
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { aPage, startBrowser } from '../browser.ts';
import { aSubscriptionView, ID, PATH } from './canned-answers.ts';
import { type CannedApp, PATIENCE_MS, startCannedApp } from './canned-app.ts';

const SLOW_MS = 3_000;
const LIMIT_BYTES = 60 * 1024;
const edit = `/config?subscription=${ID}`;

let browser: Browser;
let app: CannedApp;
let page: Page;

beforeAll(async () => {
  [browser, app] = await Promise.all([startBrowser(), startCannedApp()]);
}, 60_000);
beforeEach(async () => {
  app.reset();
  page = await aPage(browser, { locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  page.context().setDefaultTimeout(PATIENCE_MS);
});
afterEach(() => page.context().close());
afterAll(async () => {
  await browser.close();
  await app.stop();
});

const callsOf = (route: string) => app.calls.filter((call) => call.route === route);

it.each([
  ['Save', `PATCH ${PATH}`, { body: aSubscriptionView({ revision: 4 }) }],
  ['Send a test card', `POST ${PATH}/test`, { body: { id: 'test_1', outcome: 'delivered' } }],
  [/^Send now/, `POST ${PATH}/send-now`, { status: 202 }],
])('does once what is clicked thrice while the answer takes three seconds: %s', async (name, route, answer) => {
  app.answer(route, { ...answer, afterMs: SLOW_MS });
  await page.goto(app.url + edit);
  const button = page.locator('button').filter({ hasText: name });
  const done = page.waitForResponse(
    (response) => route.endsWith(new URL(response.url()).pathname) && response.request().method() !== 'GET',
  );

  await button.click();
  await page.locator('button[aria-disabled=true]').first().waitFor();
  for (let again = 0; again < 2; again += 1)
    await page.locator('button[aria-disabled=true]').first().click({ force: true });
  await done;
  await page.locator('button[aria-disabled=true]').first().waitFor({ state: 'detached' });

  expect(callsOf(route)).toHaveLength(1);
});

it('tells what it is doing while an answer takes long', async () => {
  app.answer(`GET ${PATH}`, { afterMs: 60_000 });
  await page.goto(app.url + edit);

  await page.getByText('This takes longer than usual. It is still working.').waitFor({ timeout: 10_000 });
});

it('changes, previews and saves by keyboard alone', async () => {
  await page.goto(app.url + edit);
  await page.locator('.choices').first().waitFor();
  const focusOn = async (wanted: string) => {
    for (let steps = 0; steps < 120; steps += 1) {
      await page.keyboard.press('Tab');
      const focused =
        '(({ value, id, textContent, labels, ariaLabel }) => [value, labels?.[0]?.textContent, ariaLabel, textContent].join("|"))(document.activeElement)';
      if ((await page.evaluate<string>(focused)).includes(wanted)) return;
    }
    throw new Error(`Tab does not lead to ${wanted}`);
  };

  await focusOn('Search topics');
  await page.keyboard.type('release');
  await focusOn('Every day');
  await page.keyboard.press('ArrowRight');
  await focusOn('Time zone');
  await page.keyboard.type('tokyo');
  await page.keyboard.press('Enter');
  await focusOn('Save');
  await page.keyboard.press('Enter');
  await page.getByText(/^Saved\./).waitFor();

  expect(callsOf(`PATCH ${PATH}`)[0]?.body).toMatchObject({ schedule: { every: 'week', timeZone: 'Asia/Tokyo' } });
});

it('gives the focus back when a dialog is closed with Escape', async () => {
  await page.goto(app.url + edit);
  await page.getByRole('button', { name: 'Pause…' }).press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  expect(await page.evaluate('document.activeElement.textContent')).toBe('Pause…');
});

it('weighs less than 60 KB and waits for neither TeamsJS nor the card renderer', async () => {
  const files = new Map<string, Promise<Buffer>>();
  page.on('response', (answer) => {
    if (answer.url().endsWith('.js')) files.set(answer.url(), answer.body());
  });
  let wantsRenderer = false;
  await page.route('**/card-picture.*.js', () => {
    wantsRenderer = true; // and is never answered
  });

  await page.goto(app.url + edit);
  await page.locator('.times li').first().waitFor();
  const weights = await Promise.all([...files.values()].map(async (body) => gzipSync(await body).length));

  expect(wantsRenderer).toBe(true);
  expect(weights.length).toBeGreaterThan(1);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThan(LIMIT_BYTES);
});

it('previews what the form says at last', async () => {
  await page.goto(app.url + edit);
  await page.locator('.times li').first().waitFor();
  await page.getByRole('checkbox', { name: 'Monday' }).uncheck();
  await page.getByRole('checkbox', { name: 'Tuesday' }).uncheck();
  await page.locator('.preview[aria-busy=false]').waitFor();

  const asked = callsOf('POST /api/preview').at(-1)?.body as { schedule: { days: string[] } };

  expect(asked.schedule.days).toEqual(['wed', 'thu', 'fri']);
});
