/** Every state that the page can be in, and how to get there with canned answers. */
import type { Page } from 'playwright-core';
import { aPreview, aSubscriptionView, ID, PATH } from './canned-answers.ts';
import type { CannedApp } from './canned-app.ts';

/** A state: its name, what is answered in it, and where it is. `after` is done on the open page. */
export interface State {
  readonly name: string;
  readonly path: string;
  readonly answers?: (app: CannedApp) => void;
  readonly after?: (page: Page) => Promise<unknown>;
  /** Drawn when this is there. */
  readonly ready?: string;
}

const edit = `/config?subscription=${ID}`;
const problem = (status: number, code: string) => ({ status, body: { title: 'A problem', code, status } });
const view = (over: object) => ({ body: aSubscriptionView(over) });
const FORM = 'form .choices';

/** All of them. */
export const STATES: readonly State[] = [
  { name: 'new', path: '/config', ready: '.card-picture > *', after: (page) => page.locator('.guide summary').click() },
  {
    name: 'your-channels',
    path: '/config',
    ready: '.channels li',
    answers: (app) =>
      app.answer('GET /api/subscriptions', {
        body: {
          subscriptions: [
            aSubscriptionView(),
            aSubscriptionView({
              id: 'sub_2',
              state: 'paused',
              target: { appType: 'groups', name: 'Release watch', kind: 'connector' },
            }),
            aSubscriptionView({ id: 'sub_3', state: 'disabled', reason: 'gone' }),
          ],
        },
      }),
  },
  { name: 'faults', path: '/config', ready: FORM, after: showFaults },
  {
    name: 'active',
    path: edit,
    ready: '.card-picture > *',
    answers: (app) => {
      app.answer(`GET ${PATH}`, view({ noticeTo: 'sub_2' }));
      app.answer('GET /api/subscriptions', {
        body: {
          subscriptions: [
            aSubscriptionView(),
            aSubscriptionView({ id: 'sub_2', target: { appType: 'teams', name: 'Release watch', kind: 'connector' } }),
          ],
        },
      });
    },
    after: async (page) => {
      await page.locator('details.section summary').click();
      await page.locator('option[value=sub_2]').waitFor({ state: 'attached' });
    },
  },
  {
    name: 'empty',
    path: edit,
    ready: FORM,
    answers: (app) => {
      app.answer(`GET ${PATH}`, view({ health: {}, schedule: { every: 'now' } }));
      const test = { id: 'test_1', at: '2026-11-20T08:00:00Z', outcome: 'accepted', seen: false };
      app.answer(`GET ${PATH}/deliveries`, { body: { deliveries: [], test } });
      app.answer('POST /api/preview', { body: aPreview({ next: [] }) });
    },
  },
  {
    name: 'monthly',
    path: edit,
    ready: '.times li',
    answers: (app) => {
      app.answer(
        `GET ${PATH}`,
        view({ schedule: { every: 'month', day: 31, at: '02:30', timeZone: 'Europe/Berlin' } }),
      );
      app.answer('POST /api/preview', {
        body: aPreview({
          clockChanges: [
            { at: '2026-11-23T08:00:00.000Z', from: '+02:00', to: '+01:00', isMoved: false },
            { at: '2026-11-24T08:00:00.000Z', from: '+01:00', to: '+02:00', isMoved: true },
          ],
        }),
      });
    },
  },
  { name: 'loading', path: edit, ready: '.loading', answers: (app) => app.answer(`GET ${PATH}`, { afterMs: 60_000 }) },
  {
    name: 'error',
    path: edit,
    ready: '[role=alert]',
    answers: (app) => app.answer(`GET ${PATH}`, problem(503, 'unavailable')),
  },
  { name: 'saved', path: edit, ready: FORM, after: save },
  {
    name: 'save-failed',
    path: edit,
    ready: FORM,
    answers: (app) => app.answer(`PATCH ${PATH}`, problem(503, 'unavailable')),
    after: save,
  },
  {
    name: 'changed-by-another',
    path: edit,
    ready: FORM,
    answers: (app) => app.answer(`PATCH ${PATH}`, problem(412, 'subscription-changed')),
    after: save,
  },
  {
    name: 'session-ended',
    path: edit,
    ready: FORM,
    answers: (app) => app.answer(`PATCH ${PATH}`, problem(401, 'session-expired')),
    after: save,
  },
  {
    name: 'paused',
    path: edit,
    ready: FORM,
    answers: (app) => app.answer(`GET ${PATH}`, view({ state: 'paused', until: '2026-12-01T00:00:00Z', keep: true })),
  },
  {
    name: 'disabled',
    path: edit,
    ready: FORM,
    answers: (app) => app.answer(`GET ${PATH}`, view({ state: 'disabled', reason: 'gone' })),
  },
  {
    name: 'failing',
    path: edit,
    ready: FORM,
    answers: (app) =>
      app.answer(`GET ${PATH}`, view({ health: { failingSince: '2026-11-20T08:00:00Z', reason: 'throttled' } })),
  },
  { name: 'not-yours', path: '/config?subscription=sub_x', ready: 'main.narrow h1' },
  { name: 'sign-in', path: edit, ready: 'main.narrow h1', answers: (app) => app.signedIn(false) },
  { name: 'test-question', path: edit, ready: FORM, after: (page) => sendTest(page, 2) },
  {
    name: 'test-refused',
    path: edit,
    ready: FORM,
    answers: (app) => app.answer(`POST ${PATH}/test`, { body: { outcome: 'refused', reason: 'gone' } }),
    after: (page) => sendTest(page, 0),
  },
  { name: 'pause-dialog', path: edit, ready: FORM, after: (page) => openDialog(page, 0) },
  { name: 'webhook-dialog', path: edit, ready: FORM, after: (page) => openDialog(page, 2) },
  { name: 'remove-dialog', path: edit, ready: FORM, after: (page) => openDialog(page, 3) },
  { name: 'zones', path: edit, ready: FORM, after: openZones },
  { name: 'removal', path: `${edit}&view=remove`, ready: 'main.narrow .notice' },
];

/** Goes to a state. */
export async function goTo(app: CannedApp, page: Page, { path, answers, after, ready }: State): Promise<void> {
  app.reset();
  answers?.(app);
  await page.goto(app.url + path);
  if (ready !== undefined) await page.locator(ready).first().waitFor();
  await after?.(page);
}

async function save(page: Page): Promise<void> {
  await page.locator('.bar button.primary').click();
  await page.locator('.bar .notice').first().waitFor();
}

async function showFaults(page: Page): Promise<void> {
  const checked = page.locator('.days input:checked');
  while ((await checked.count()) > 0) await checked.first().uncheck();
  await page.locator('.bar button.primary').click();
  await page.locator('.fault').first().waitFor();
}

async function sendTest(page: Page, buttons: number): Promise<void> {
  await page.locator('.test-card > button').click();
  await page.locator('.test-card .notice').waitFor();
  if (buttons > 0) await page.locator('.test-card .notice button').first().waitFor();
}

async function openDialog(page: Page, index: number): Promise<void> {
  await page.locator('section[aria-labelledby=manage-title] .buttons button').nth(index).click();
  await page.locator('dialog[open]').waitFor();
}

async function openZones(page: Page): Promise<void> {
  await page.locator('[role=combobox]').fill('new y');
  await page.locator('[role=option]').first().waitFor();
}
