/** `npm run demo`: the main job end to end, unattended, on fresh data. The last line is one JSON object; exit 0 only if nothing was lost or repeated. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QueueClient } from '@azure/storage-queue';
import type { Event } from '../../../shared/events/event.ts';
import { createSecretsVault } from '../../../shared/platform/secrets-vault.ts';
import { projectDir } from '../../build-app.ts';
import { type EmbeddedAzure, startEmbeddedAzure } from '../embedded-azure.ts';
import { readExamples } from '../github-events/examples.ts';
import { toEvent } from '../github-events/to-event.ts';
import { answerCard, readAnswers } from './answer-card.ts';
import { connectAsOwner } from './connect-as-owner.ts';
import { count, isQuiet, judge, storedEvents } from './judge.ts';
import { keyOf, type Plan, planDay } from './plan-messages.ts';
import { printCard } from './print-card.ts';

const ACCOUNT = 'acme/#1?'; // what an account's name may hold, a table's key may not
const ISSUER = 'https://github.example';
const MONDAY = Date.parse('2026-11-23T07:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Events that ask to be answered: as many as a card gives buttons to. */
const ASKING = 8;
const PATIENCE_MS = 50_000;
/** `npm run demo -- --verbose` shows what the app writes. */
const VERBOSE = process.argv.includes('--verbose');

/** The demonstration's catalogue, with every topic recommended, so that a new channel gets every payload there is. */
async function recommendAll(dir: string): Promise<string> {
  const catalogue = JSON.parse(await readFile(new URL('../catalogue.json', import.meta.url), 'utf8'));
  const path = join(dir, 'catalogue.json');
  await writeFile(
    path,
    JSON.stringify({
      ...catalogue,
      topics: catalogue.topics.map((topic: object) => ({ ...topic, recommended: true })),
    }),
  );
  return path;
}

async function until(what: string, isDone: () => Promise<boolean>): Promise<void> {
  const patience = performance.now() + PATIENCE_MS;
  while (!(await isDone())) {
    if (performance.now() > patience) throw new Error(`gave up waiting: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** Sends a day's messages and waits until all of it is stored. */
async function send(azure: EmbeddedAzure, plan: Plan, deadLettersBefore: number): Promise<void> {
  const queue = new QueueClient(azure.connectionString, 'events');
  for (const message of plan.messages) await queue.sendMessage(message);
  const empty = async () => ((await queue.getProperties()).approximateMessagesCount ?? 0) === 0;
  await until('events to be stored', async () => {
    const stored = await storedEvents(azure.connectionString);
    const deadLetters = await count(azure.connectionString, 'deadletters');
    return (
      (await empty()) &&
      plan.events.every((event) => stored.has(keyOf(event))) &&
      deadLetters === deadLettersBefore + plan.malformed
    );
  });
}

/** Brings the wall clock past the minute of nine o’clock, over which jobs are spread, and waits until nothing is left to send. */
async function deliver(azure: EmbeddedAzure, nine: number): Promise<void> {
  await azure.setClock({ wall: nine + 61_000 });
  await new Promise((resolve) => setTimeout(resolve, 200)); // every process looks at the clock's file within a tenth of a second
  await azure.functions.runNow('dispatch-due');
  await until('the digest', async () => isQuiet(azure.connectionString));
}

function cardsOf(azure: EmbeddedAzure): string[] {
  return azure.microsoft365.api.requests.list({}).map(({ body }) => body);
}

async function main(dir: string): Promise<number> {
  const azure = await startEmbeddedAzure({
    dir,
    inMemory: true,
    env: { CATALOGUE: await recommendAll(dir), SETUP_TOKEN_ISSUER: ISSUER },
    onLine: (line) => {
      if (VERBOSE || /"level":"error"/.test(line)) console.error(line);
    },
  });
  try {
    await azure.setClock({ wall: MONDAY });
    const vault = await createSecretsVault({ url: azure.keyVault.url, ca: azure.keyVault.ca });
    const setupKey = (await vault.read('setup-key')) ?? '';
    const publicUrl = azure.env['PUBLIC_URL'] ?? '';
    const id = await connectAsOwner({
      publicUrl,
      account: ACCOUNT,
      issuer: ISSUER,
      setupKey,
      timeZone: 'UTC',
      place: 'inbox',
    });
    console.log(`An inbox is connected (${id}): everything, weekdays at 09:00.`);
    await until('the welcome', async () => cardsOf(azure).length > 0);
    const [welcome = ''] = cardsOf(azure);
    console.log(`\n${printCard(welcome)}`);

    const all: Event[] = (await readExamples()).map((delivery) =>
      toEvent(delivery, { account: ACCOUNT, receivedAt: MONDAY }),
    );
    const asking = all.filter(({ data }) => (data.actions ?? []).length > 0).slice(0, ASKING);
    const others = all.filter((event) => !asking.includes(event));
    const half = Math.ceil(others.length / 2);
    const monday = planDay(others.slice(0, half), []);
    const tuesday = planDay(others.slice(half), others.slice(0, half));
    const wednesday = planDay(asking, []);

    await send(azure, monday, 0);
    await deliver(azure, MONDAY + 2 * HOUR);
    await azure.setClock({ wall: MONDAY + 2 * HOUR + 120_000 });
    await send(azure, tuesday, monday.malformed);
    await deliver(azure, MONDAY + DAY + 2 * HOUR);
    await azure.setClock({ wall: MONDAY + DAY + 2 * HOUR + 120_000 });
    await send(azure, wednesday, monday.malformed + tuesday.malformed);
    await deliver(azure, MONDAY + 2 * DAY + 2 * HOUR);

    const cards = cardsOf(azure).slice(1); // the welcome is no digest
    for (const card of cards) console.log(`\n${printCard(card)}`);
    const pressed = await answerCard(azure.microsoft365);
    if (pressed !== undefined) console.log(`\nAdele presses [ ${pressed.button} ] and reads: ${pressed.text}`);
    const answers = await readAnswers(azure.connectionString);
    for (const answer of answers) console.log(`The product reads: ${JSON.stringify(answer)}`);
    const answered = pressed?.is === 'done' && pressed.replaced ? answers.length : 0;

    const judgement = await judge(azure.connectionString, all, cards);
    const { lost, repeated, ...rest } = judgement;
    const sentTwice = monday.sentTwice + tuesday.sentTwice + wednesday.sentTwice;
    console.log(
      JSON.stringify({
        events: new Set(all.map(keyOf)).size,
        sentTwice,
        malformed: monday.malformed + tuesday.malformed + wednesday.malformed,
        ...rest,
        lost,
        repeated,
        answered,
      }),
    );
    return lost === 0 && repeated === 0 && answered >= 1 ? 0 : 1;
  } finally {
    await azure.stop();
  }
}

const local = join(projectDir, '.local');
await mkdir(local, { recursive: true });
const dir = await mkdtemp(join(local, 'demo-'));
try {
  process.exitCode = await main(dir);
} finally {
  await rm(dir, { recursive: true, force: true });
}
