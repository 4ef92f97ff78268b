/** Draws the typical digests in the local Teams and Outlook, light and dark: `npx tsx test/browser/cards/draw-pictures.ts docs/cards`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { startMicrosoft365 } from '../../../infra/local/microsoft365/server.ts';
import { chartBars } from '../../../shared/cards/chart-bars.ts';
import { drawChart } from '../../../shared/cards/chart-png.ts';
import { LANGUAGES } from '../../../shared/cards/messages/languages.ts';
import { renderCard } from '../../../shared/cards/render-card.ts';
import { startBrowser } from '../browser.ts';
import { TOPIC_NAMES, TYPICAL_DIGESTS } from './typical-digests.ts';

const ZONE = 'Europe/Berlin';
const OURS = 'https://tidings.example';
/** A connector's card is drawn by Teams and Outlook, a workflow's by Teams. */
const HOSTS = [
  { kind: 'connector', view: 'teams' },
  { kind: 'connector', view: 'outlook' },
  { kind: 'workflow', view: 'teams' },
] as const;
/** Cards are not wider; beside them is nothing. */
const MAX_WIDTH = 656;
const THEMES = ['default', 'dark'] as const;

function bodies({ kind, view }: (typeof HOSTS)[number], locale: string): string[] {
  return TYPICAL_DIGESTS.map(({ summary }, index) =>
    renderCard({
      summary,
      kind,
      appType: view === 'teams' ? 'teams' : 'groups',
      locale,
      timeZone: ZONE,
      brand: { name: 'Acme Builds', colour: '#0a84ff', logo: `${OURS}/logo.png` },
      topicName: (type) => TOPIC_NAMES[type]?.[locale] ?? type,
      links: {
        digest: `${OURS}/digests/${index}?t=x`,
        ...(summary.total > 20 ? { chart: `${OURS}/chart/${index}.png` } : {}),
        answer: (_event, action) => ({
          post: { target: `${OURS}/actions`, token: 't' },
          page: `${OURS}/links/${action.id}?t=x`,
        }),
      },
      budgetBytes: 18_432,
      style: 'normal',
    }),
  );
}

/** Pictures come from here: the charts, and a plain square for the logo. */
async function servePictures(page: Page): Promise<void> {
  const logo = new PNG({ width: 96, height: 96 });
  logo.data.fill(Buffer.from('0A84FFFF', 'hex'));
  const logoBytes = PNG.sync.write(logo);
  await page.route(`${OURS}/**`, async (route) => {
    const index = /chart\/(\d+)/.exec(route.request().url())?.[1];
    const digest = index === undefined ? undefined : TYPICAL_DIGESTS[Number(index)];
    const bytes = digest === undefined ? logoBytes : drawChart(chartBars(digest.summary.timeline, ZONE));
    await route.fulfill({ contentType: 'image/png', body: Buffer.from(bytes) });
  });
  await page.route(/https:\/\/(?!tidings)/, (route) => route.abort());
}

async function screenshot(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const feed = await page.locator('.feed').boundingBox();
  if (feed === null) throw new Error('the channel shows no cards');
  const clip = { x: feed.x, y: feed.y, width: Math.min(feed.width, MAX_WIDTH), height: feed.height, scale: 0.8 };
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 35,
    captureBeyondViewport: true,
    clip,
  });
  await writeFile(path, Buffer.from(data, 'base64'));
}

async function drawPictures(folder: string): Promise<void> {
  const [browser, microsoft365] = await Promise.all([startBrowser(), startMicrosoft365()]);
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 900 } });
    await servePictures(page);
    for (const locale of LANGUAGES) {
      for (const host of HOSTS) {
        const { kind, view } = host;
        const webhook = microsoft365.api.createWebhook({
          kind,
          name: `${kind} ${view} ${locale}`,
          quirks: { windows: [] },
        });
        for (const body of bodies(host, locale)) {
          const answer = await fetch(webhook.url, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          });
          const said = await answer.text();
          if (!answer.ok || said.includes('error')) throw new Error(`refused: ${answer.status} ${said}`);
        }
        for (const theme of THEMES) {
          await page.goto(`${microsoft365.url}/channel/${webhook.place}?${new URLSearchParams({ view, theme })}`);
          await page.waitForTimeout(1_500);
          await screenshot(page, join(folder, `${kind}-${view}-${locale}-${theme === 'dark' ? 'dark' : 'light'}.webp`));
        }
      }
    }
  } finally {
    await browser.close();
    await microsoft365.stop();
  }
}

await drawPictures(process.argv[2] ?? 'docs/cards');
