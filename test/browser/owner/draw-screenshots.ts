/**
 * Draws the page in every state, at three widths, in three themes, into `.local/screenshots/`, and the pictures of the help.
 * `npx tsx test/browser/owner/draw-screenshots.ts [state …]`
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectDir } from '../../../infra/build-app.ts';
import { aPage, startBrowser } from '../browser.ts';
import { startCannedApp } from './canned-app.ts';
import { toSmallPng } from './small-png.ts';
import { goTo, STATES } from './states.ts';

const WIDTHS = [320, 600, 1280];
const THEMES = {
  default: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  contrast: { colorScheme: 'dark', contrast: 'more' },
} as const;
/** What the help shows: a state, and the part of it. */
const PICTURES: readonly (readonly [name: string, state: string, part: string])[] = [
  ['address', 'new', 'form.fields > fieldset'],
  ['timing', 'active', 'fieldset:has(.segments)'],
  ['more', 'active', 'details.section'],
  ['preview', 'active', '.preview'],
  ['test', 'test-question', '.test-card'],
  ['standing', 'active', '.standing'],
];

const wanted = process.argv.slice(2);
const states = STATES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const out = join(projectDir, '.local', 'screenshots');
const pictures = join(projectDir, 'docs', 'pictures', 'owners');
await Promise.all([out, pictures].map((dir) => mkdir(dir, { recursive: true })));

const app = await startCannedApp();
const browser = await startBrowser();
try {
  for (const width of WIDTHS) {
    const page = await aPage(browser, { locale: 'en-GB', viewport: { width, height: 800 }, reducedMotion: 'reduce' });
    for (const state of states) {
      await goTo(app, page, state);
      for (const [theme, media] of Object.entries(THEMES)) {
        await page.emulateMedia(media);
        await settle(page);
        await writeFile(join(out, `${state.name}-${width}-${theme}.png`), await page.screenshot({ fullPage: true }));
      }
    }
    await page.context().close();
  }
  const page = await aPage(browser, { locale: 'en-GB', viewport: { width: 720, height: 900 }, deviceScaleFactor: 1.5 });
  for (const [name, stateName, part] of wanted.length === 0 ? PICTURES : []) {
    const state = STATES.find((one) => one.name === stateName);
    if (state === undefined) throw new Error(`no state ${stateName}`);
    await goTo(app, page, state);
    await settle(page);
    await writeFile(join(pictures, `${name}.png`), toSmallPng(await page.locator(part).first().screenshot()));
  }
} finally {
  await browser.close();
  await app.stop();
}

/** The bar stays where it belongs in a picture of the whole page; the card is drawn. */
async function settle(page: Page): Promise<void> {
  await page.evaluate("for (const part of document.querySelectorAll('.bar')) part.style.position = 'static'");
  await page.waitForTimeout(250);
}
