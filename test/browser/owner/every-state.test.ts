/** The page in every state, in every language and theme: nothing that axe-core finds, nothing wider than the window. */
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { aPage, startBrowser } from '../browser.ts';
import { type CannedApp, PATIENCE_MS, startCannedApp } from './canned-app.ts';
import { goTo, STATES } from './states.ts';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const LANGUAGES = ['en', 'de', 'fr', 'es', 'ja'];
const THEMES = {
  default: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  contrast: { colorScheme: 'dark', contrast: 'more' },
} as const;
const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
let app: CannedApp;
const pages = new Map<string, Page>();

beforeAll(async () => {
  [browser, app] = await Promise.all([startBrowser(), startCannedApp()]);
  for (const locale of LANGUAGES) {
    // So tall that nothing lies under the bar that sticks to the window's end: what lies there depends on where the page stands.
    const page = await aPage(browser, { locale, viewport: { width: 600, height: 4_000 }, reducedMotion: 'reduce' });
    page.context().setDefaultTimeout(PATIENCE_MS);
    pages.set(locale, page);
  }
}, 60_000);
afterAll(async () => {
  await browser.close();
  await app.stop();
});

/** What axe-core finds, as one line each. Themes differ in colours only, so that the rest is looked at once. */
async function faults(page: Page, rules: 'all' | 'colours'): Promise<string[]> {
  const options = rules === 'all' ? { runOnly: STANDARD } : { runOnly: { type: 'rule', values: ['color-contrast'] } };
  const run = `axe.run(document, ${JSON.stringify({ ...options, resultTypes: ['violations'] })})`;
  const { violations } = (await page.evaluate(run)) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

describe.each(STATES.map((state) => [state.name, state] as const))('%s', (_name, state) => {
  it.each(LANGUAGES)('has no fault in %s, in any theme', async (language) => {
    const page = pages.get(language) as Page;
    await page.emulateMedia(THEMES.default);
    await goTo(app, page, state);
    await page.evaluate(AXE);

    const found: string[] = [];
    for (const [theme, media] of Object.entries(THEMES)) {
      await page.emulateMedia(media);
      await page.locator(`html[data-theme=${theme}]`).waitFor();
      found.push(...(await faults(page, theme === 'default' ? 'all' : 'colours')).map((fault) => `${theme}: ${fault}`));
    }

    expect(found).toEqual([]);
    expect(await page.getAttribute('html', 'lang')).toBe(language);
  });
});

describe('at 320 pixels', () => {
  it.each(['ltr', 'rtl'])(
    'nothing is wider than the window, written %s',
    async (direction) => {
      const page = await aPage(browser, { locale: 'de', viewport: { width: 320, height: 640 } });
      const wide: string[] = [];

      for (const state of STATES) {
        await goTo(app, page, state);
        await page.evaluate(`document.documentElement.dir = ${JSON.stringify(direction)}`);
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        if (width > 320) wide.push(`${state.name}: ${width}`);
      }

      expect(wide).toEqual([]);
    },
    180_000,
  );
});
