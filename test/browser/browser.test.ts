/** The browser that the tests drive does what they rely on. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { aPage, startBrowser } from './browser.ts';
import { findChromium } from './find-chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
});

it('uses the browser that the setting names', async () => {
  const path = await findChromium({ BROWSER_PATH: '/somewhere/chrome' });

  expect(path).toBe('/somewhere/chrome');
});

it('keeps cookies from a frame of another site, and gives them to the same site on top', async () => {
  const server = createServer((request, response) => {
    const framed = `<iframe src="http://127.0.0.1:${(server.address() as AddressInfo).port}/inner"></iframe>`;
    response.setHeader('content-type', 'text/html');
    response.setHeader('set-cookie', 'a=1; SameSite=None; Secure');
    response.end(request.url === '/inner' ? `<p>cookies: ${request.headers.cookie ?? 'none'}</p>` : framed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const page = await aPage(browser);
  await page.goto(`http://127.0.0.1:${port}/inner`);
  await page.goto(`http://127.0.0.1:${port}/inner`);

  const onTop = await page.textContent('p');
  await page.goto(`http://localhost:${port}/`);
  const framed = await page.frameLocator('iframe').locator('p').textContent();
  server.closeAllConnections();
  server.close();

  expect([onTop, framed]).toEqual(['cookies: a=1', 'cookies: none']);
});
