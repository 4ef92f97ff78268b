/** The whole system in two processes: the examples of docs/for-products.md as they stand there, then eight events, a card, and people who answer it. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { QueueClient } from '@azure/storage-queue';
import { projectDir } from '../../../infra/build-app.ts';
import { readAnswers } from '../../../infra/local/demo/answer-card.ts';
import { connectAsOwner } from '../../../infra/local/demo/connect-as-owner.ts';
import { isQuiet } from '../../../infra/local/demo/judge.ts';
import { type EmbeddedAzure, startEmbeddedAzure } from '../../../infra/local/embedded-azure.ts';
import { actIdOf, actKey } from '../../../shared/actions/act-key.ts';
import { createActsTable } from '../../../shared/actions/acts-table.ts';
import { createSecretsVault } from '../../../shared/platform/secrets-vault.ts';
import { createStorage } from '../../../shared/platform/storage-client.ts';

const run = promisify(execFile);
const ISSUER = 'https://product.example';
const MONDAY = Date.parse('2026-11-23T07:00:00Z');
/** One version of a key, as the app loads it. */
const KEY_READ = /^GET \/secrets\/(signing|sealing|setup)-key\/[0-9a-f]{32}$/;
const PEOPLE = ['a1', 'a2', 'a3'].map((number) => `0b1ec700-0000-4000-8000-0000000000${number}`);

let dir: string;
let scratch: string;
let azure: EmbeddedAzure;
let examples: readonly { readonly language: string; readonly code: string }[];
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidings-products-'));
  await mkdir(join(projectDir, '.local'), { recursive: true });
  scratch = await mkdtemp(join(projectDir, '.local', 'examples-')); // where packages are found
  azure = await startEmbeddedAzure({ dir, inMemory: true, instances: 2, env: { SETUP_TOKEN_ISSUER: ISSUER } });
  const page = await readFile(join(projectDir, 'docs/for-products.md'), 'utf8');
  examples = [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language = '', code = '']) => ({ language, code }));
}, 120_000);
afterAll(async () => {
  await azure?.stop();
  for (const each of [dir, scratch]) await rm(each, { recursive: true, force: true });
});

const environment = () => ({
  ...process.env,
  TIDINGS_URL: azure.functions.url,
  TIDINGS_KEY: azure.functions.keys.host,
  STORAGE: azure.connectionString,
});

function example(language: string, holding: string): string {
  const found = examples.find((each) => each.language === language && each.code.includes(holding));
  if (found === undefined) throw new Error(`no example in ${language} with ${holding}`);
  return found.code;
}

async function runTypeScript(name: string, code: string): Promise<string> {
  const file = join(scratch, `${name}.mts`);
  await writeFile(file, code);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', file], { cwd: projectDir, env: environment() });
  return stdout;
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  const patience = performance.now() + 60_000;
  while (!(await isDone())) {
    if (performance.now() > patience) throw new Error('gave up waiting');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

it('runs the examples with curl', async () => {
  const sent = await run('bash', ['-c', example('sh', '/api/events')], { env: environment() });
  await run('bash', ['-c', `set -e; ${example('sh', '/scopes').replace('curl ', 'curl -f ')}`], { env: environment() });

  expect(JSON.parse(sent.stdout)).toEqual({ accepted: 1 });
}, 60_000);

it.each([
  'POST /api/events',
  'PUT /api/accounts/a/scopes',
  'GET /api/accounts/a/subscriptions',
  'GET /api/accounts/a/export',
  'DELETE /api/accounts/a',
])('lets nobody call %s without a function key', async (call) => {
  const [method = '', path] = call.split(' ');

  const { status } = await fetch(`${azure.functions.url}${path}`, { method });

  expect(status).toBe(401);
});

it('runs the examples in TypeScript, sending and reading', async () => {
  await runTypeScript('send', example('ts', 'emitterFor'));
  const queue = new QueueClient(azure.connectionString, 'connector-events');
  await queue.sendMessage(JSON.stringify({ type: 'tidings.action.invoked', id: 'act_1' }));

  const read = await runTypeScript('read', example('ts', 'receiveMessages'));

  expect(read).toContain('tidings.action.invoked act_1');
}, 60_000);

it('has its keys before anybody presses: the first press of a process asks the vault for nothing', async () => {
  const { keyVault, functions } = azure;
  const keyReads = () => keyVault.requests.filter((request) => KEY_READ.test(request)).length;
  const before = keyReads();
  await functions.restart(1);
  await until(async () => keyReads() >= before + 3);
  const asked = keyVault.requests.length;

  const link = await fetch(`${functions.urls[1]}/links/AAAAAAAAAAAAAAAA?t=x.y.z`);
  const press = await fetch(`${functions.urls[1]}/actions`, { method: 'POST', headers: { authorization: 'Bearer x' } });

  expect([link.status, press.status]).toEqual([401, 401]);
  expect(keyVault.requests.slice(asked)).toEqual([]);
}, 60_000);

it('finishes within the hour an answer that a crash left: `reconcile` tells it, with its own id, and once', async () => {
  const storage = await createStorage({
    AzureWebJobsStorage: azure.connectionString,
    KEY_VAULT_URL: azure.keyVault.url,
  });
  const acts = createActsTable(storage.table('once'));
  const key = actKey({ digest: 'sub_left_1', account: 'left', event: 'AAAAAAAAAAAAAAAAAAAAAA', action: 'rerun' });
  const left = await acts.insert(
    key,
    {
      account: 'left',
      subscriptionId: 'sub_left',
      digest: 'sub_left_1',
      event: { source: ISSUER, id: 'e', type: 'build.failed', title: 'Build failed' },
      action: { id: 'rerun', title: 'Run again' },
      inputs: { why: 'flaky' },
      actor: null,
      via: 'link',
      at: Date.now(),
    },
    Date.now() - 3 * 60_000, // whoever told of it began then, and is gone
  );
  await readAnswers(azure.connectionString); // what came before

  await azure.functions.runNow('reconcile');
  await azure.functions.runNow('reconcile');

  expect(left.done).toBe(true);
  expect(await readAnswers(azure.connectionString)).toMatchObject([
    { id: actIdOf(key), type: 'tidings.action.invoked', account: 'left', data: { inputs: { why: 'flaky' } } },
  ]);
  expect((await acts.read(key))?.state).toBe('sent');
}, 60_000);

it('tells the product of three people who answer three of eight items at once, and of one of twenty presses on two processes', async () => {
  const { microsoft365, functions, env } = azure;
  await azure.setClock({ wall: MONDAY });
  const vault = await createSecretsVault({ url: azure.keyVault.url, ca: azure.keyVault.ca });
  const publicUrl = env['PUBLIC_URL'] ?? '';
  const setupKey = (await vault.read('setup-key')) ?? '';
  await connectAsOwner({ publicUrl, account: 'eight', issuer: ISSUER, setupKey, timeZone: 'UTC', place: 'inbox' });
  const topic = JSON.parse(await readFile(env['CATALOGUE'] ?? '', 'utf8')).topics.find(
    (each: { recommended: boolean }) => each.recommended,
  );
  const events = Array.from({ length: 8 }, (_, index) => ({
    specversion: '1.0',
    id: `eight-${index}`,
    source: ISSUER,
    type: topic.type,
    account: 'eight',
    data: { title: `Item ${index + 1}`, actions: [{ id: 'done', title: 'Done' }] },
  }));
  const headers = { 'content-type': 'application/cloudevents-batch+json', 'x-functions-key': functions.keys.host };
  const accepted = await fetch(`${functions.url}/api/events`, {
    method: 'POST',
    headers,
    body: JSON.stringify(events),
  });
  await until(async () => !(await isQuiet(azure.connectionString)));
  await azure.setClock({ wall: MONDAY + 2 * 3_600_000 + 61_000 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await functions.runNow('dispatch-due');
  await until(async () => isQuiet(azure.connectionString));
  const inbox = microsoft365.api.world.places.flatMap(({ id }) => microsoft365.api.messages.of(id));
  const message = inbox.find(({ card }) => JSON.stringify(card).includes('Item 8'));
  if (message === undefined) throw new Error('no card of eight');
  await readAnswers(azure.connectionString); // what came before

  const places = buttonPaths(message.card);
  const pressed = await Promise.all(
    PEOPLE.map((user, index) =>
      microsoft365.api.pressButton({
        message,
        path: places[index]?.path ?? '',
        inputs: {},
        user: microsoft365.api.world.user(user),
      }),
    ),
  );
  const last = await microsoft365.api.pressButton({
    message,
    path: places[0]?.path ?? '',
    inputs: {},
    user: microsoft365.api.world.user(PEOPLE[0]),
  });
  const answers = await readAnswers(azure.connectionString);
  const token = await microsoft365.api.tokens.issue({
    kind: 'action-v2',
    user: microsoft365.api.world.user(PEOPLE[0]),
  });
  const twenty = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      fetch(`${functions.urls[index % 2]}/actions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: places[5]?.body ?? '',
      }),
    ),
  );
  const more = await readAnswers(azure.connectionString);

  expect(accepted.status).toBe(202);
  expect(places).toHaveLength(8);
  expect(pressed.map(({ result }) => [result.is, result.replaced])).toEqual(Array(3).fill(['done', true]));
  expect(last.result.is).toBe('failed'); // its button is gone from the card, or says that it was done
  expect(answers.map(({ data }) => (data as { event: { id: string } }).event.id).sort()).toHaveLength(3);
  for (const name of ['Adele Vance', 'Ben Walters', 'Chloe Dupont'])
    expect(JSON.stringify(await shownAnew())).toContain(`done by ${name}`);
  expect(twenty.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(more).toHaveLength(1);
  const view = await run(
    'bash',
    ['-c', 'curl -sS -H "x-functions-key: $TIDINGS_KEY" "$TIDINGS_URL/api/accounts/eight/export"'],
    { env: environment() },
  );
  expect(JSON.parse(view.stdout).subscriptions[0].answers).toHaveLength(4);
  const gone = await fetch(`${functions.url}/api/accounts/eight`, { method: 'DELETE', headers });
  expect(gone.status).toBe(204);

  /** Presses at once each show what was known then: one more look shows all. */
  async function shownAnew(): Promise<unknown> {
    const answer = await fetch(`${functions.url}/actions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: places[5]?.body ?? '',
    });
    return answer.json();
  }
}, 180_000);

function buttonPaths(card: Readonly<Record<string, unknown>>) {
  const sections = card['sections'] as { potentialAction?: { '@type': string; name: string; body: string }[] }[];
  return sections.flatMap(({ potentialAction = [] }, section) =>
    potentialAction.flatMap((button, index) =>
      button['@type'] === 'HttpPOST' && button.name === 'Done'
        ? [{ path: `sections/${section}/potentialAction/${index}`, body: button.body }]
        : [],
    ),
  );
}
