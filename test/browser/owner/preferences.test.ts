/** What people ask of their system, kept by the page: no movement, and colours of their own. */
import type { Browser } from 'playwright-core';
import { aPage, startBrowser } from '../browser.ts';
import { type CannedApp, PATIENCE_MS, startCannedApp } from './canned-app.ts';
import { goTo, STATES, type State } from './states.ts';

let browser: Browser;
let app: CannedApp;
beforeAll(async () => {
  [browser, app] = await Promise.all([startBrowser(), startCannedApp()]);
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

const state = (name: string) => STATES.find((one) => one.name === name) as State;

it.each([
  ['moves while it loads', 'no-preference', 1],
  ['stands still for who asked for less movement', 'reduce', 0],
] as const)('%s', async (_title, reducedMotion, moving) => {
  const page = await aPage(browser, { reducedMotion });
  page.context().setDefaultTimeout(PATIENCE_MS);

  await goTo(app, page, state('loading'));

  expect(await page.evaluate<number>('document.getAnimations().length')).toBe(moving);
});

it('shows what is chosen in the system’s own colours where those are forced', async () => {
  const page = await aPage(browser, { forcedColors: 'active', viewport: { width: 600, height: 4_000 } });
  page.context().setDefaultTimeout(PATIENCE_MS);
  await goTo(app, page, state('active'));

  const style = (selector: string, name: string) =>
    page.evaluate<string>(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).${name}`);
  const chosen = await style('.segments input:checked + span', 'backgroundColor');
  const other = await style('.segments input:not(:checked) + span', 'backgroundColor');
  const border = await style('.segments span', 'borderTopWidth');

  expect(chosen).not.toBe(other);
  expect(border).toBe('1px');
});
