/** A browser for tests: headless Chromium with third-party cookies off, as browsers are becoming. */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

/** Starts a browser. Close it in `afterAll`. */
export async function startBrowser(): Promise<Browser> {
  // Chromium's own sandbox does not work for root, and CI machines are often root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: await findChromium(), args, headless: true });
}

/** A fresh profile in which no frame of another site gets its cookies, in any window. */
export async function aContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(5_000);
  // Only this machine: TeamsJS asks a CDN for its list of hosts, cards have pictures from anywhere.
  await context.route(
    (url) => !['localhost', '127.0.0.1'].includes(url.hostname),
    (route) => route.abort(),
  );
  context.on('page', (page) => void withoutThirdPartyCookies(page).catch(() => undefined));
  return context;
}

/** A page in a fresh profile with third-party cookies off. */
export async function aPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await aContext(browser, options);
  const page = await context.newPage();
  await withoutThirdPartyCookies(page);
  return page;
}

async function withoutThirdPartyCookies(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  // The last two were demanded by Chromium 138 and are ignored by later ones.
  const controls = {
    enableThirdPartyCookieRestriction: true,
    disableThirdPartyCookieMetadata: true,
    disableThirdPartyCookieHeuristics: true,
  };
  await session.send('Network.setCookieControls', controls);
}
