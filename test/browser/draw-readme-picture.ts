/** Draws the README's picture: a channel of the local Microsoft 365 with a digest that the whole system delivered. `npx tsx test/browser/draw-readme-picture.ts` */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueClient } from '@azure/storage-queue';
import { projectDir } from '../../infra/build-app.ts';
import { connectAsOwner } from '../../infra/local/demo/connect-as-owner.ts';
import { isQuiet, storedEvents } from '../../infra/local/demo/judge.ts';
import { startEmbeddedAzure } from '../../infra/local/embedded-azure.ts';
import { packMessages } from '../../infra/local/emit/pack-messages.ts';
import { samplesByType } from '../../infra/local/github-events/samples.ts';
import { createSecretsVault } from '../../shared/platform/secrets-vault.ts';
import { aPage, startBrowser } from './browser.ts';

const ISSUER = 'https://github.example';
const MONDAY = Date.parse('2026-11-23T07:00:00Z');
const NINE = MONDAY + 2 * 3_600_000;
const TOPICS = [
  'github.workflow_run',
  'github.check_run.completed',
  'github.pull_request.opened',
  'github.issues.opened',
  'github.release',
  'github.push',
];

const dir = await mkdtemp(join(tmpdir(), 'tidings-picture-'));
const azure = await startEmbeddedAzure({ dir, inMemory: true, env: { SETUP_TOKEN_ISSUER: ISSUER } });
const browser = await startBrowser();
try {
  await azure.setClock({ wall: MONDAY });
  const vault = await createSecretsVault({ url: azure.keyVault.url, ca: azure.keyVault.ca });
  await connectAsOwner({
    publicUrl: azure.functions.url,
    account: 'acme',
    issuer: ISSUER,
    setupKey: (await vault.read('setup-key')) ?? '',
    timeZone: 'UTC',
  });
  const samples = [...(await samplesByType()).values()].filter(({ type }) =>
    TOPICS.some((topic) => type.startsWith(topic)),
  );
  const events = samples.slice(0, 12).map((event, index) => ({
    ...event,
    account: 'acme',
    id: `p${index}`,
    time: new Date(MONDAY - index * 1_500_000).toISOString(),
  }));
  const queue = new QueueClient(azure.connectionString, 'events');
  for (const message of packMessages(events, 20)) await queue.sendMessage(message);
  await until(async () => (await storedEvents(azure.connectionString)).size > 0);
  await azure.setClock({ wall: NINE + 60_000 }); // jobs of nine are spread over a minute
  await azure.functions.runNow('dispatch-due');
  await until(async () => azure.microsoft365.api.requests.list({}).length > 0 && isQuiet(azure.connectionString));

  const page = await aPage(browser, { viewport: { width: 1100, height: 900 } });
  await page.goto(`${azure.microsoft365.url}/teams`);
  const placeId =
    azure.microsoft365.api.world.places.find((place) => azure.microsoft365.api.messages.of(place.id).length > 0)?.id ??
    '';
  await page.goto(`${azure.microsoft365.url}/channel/${placeId}`);
  await page.waitForTimeout(1_500);
  await writeFile(join(projectDir, 'docs', 'pictures', 'channel.png'), await page.screenshot());
} finally {
  await browser.close();
  await azure.stop();
  await rm(dir, { recursive: true, force: true });
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200 && !(await isDone()); tries++)
    await new Promise((resolve) => setTimeout(resolve, 100));
}
