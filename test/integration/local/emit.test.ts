import { randomUUID } from 'node:crypto';
import { QueueClient } from '@azure/storage-queue';
import { type EmitWorld, emit } from '../../../infra/local/emit/emit.ts';
import { parseMessage } from '../../../shared/events/parse-events.ts';

const connection = process.env['TEST_STORAGE'] ?? '';

let name: string;
let queue: QueueClient;
let printed: string[];
let complaints: string[];

beforeEach(async () => {
  name = `emit-${randomUUID()}`;
  queue = new QueueClient(connection, name);
  await queue.create();
  printed = [];
  complaints = [];
});

afterEach(async () => {
  await queue.deleteIfExists();
});

/** Runs the command with this on its standard input. */
function run(args: readonly string[], stdin = ''): Promise<number> {
  let ids = 0;
  const world: EmitWorld = {
    stdin: (async function* () {
      yield stdin;
    })(),
    environment: { AzureWebJobsStorage: connection },
    now: () => Date.UTC(2026, 10, 21, 9),
    newId: () => `id-${++ids}`,
    print: (text) => printed.push(text),
    complain: (text) => complaints.push(text),
  };
  return emit([...args, '--queue', name], world);
}

async function received(): Promise<string[]> {
  const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
  return receivedMessageItems.map(({ messageText }) => messageText);
}

it('sends the published webhooks so that the app reads every one of them', async () => {
  const code = await run(['--github', '100', '--account', 'octo', '--batch', '10']);

  const messages = (await received()).map((text) => parseMessage(JSON.parse(text)));
  const events = messages.flatMap((message) => message.events);
  expect(code).toBe(0);
  expect(printed).toEqual([`sent 100 events in 10 messages to ${name}`]);
  expect(messages.flatMap(({ faults }) => faults)).toEqual([]);
  expect(events.every(({ account, time }) => account === 'octo' && time === '2026-11-21T09:00:00.000Z')).toBe(true);
  expect(new Set(events.map(({ id }) => id)).size).toBe(100);
});

it('sends characters that the queue itself would garble', async () => {
  const event = {
    specversion: '1.0',
    id: '1',
    source: 's',
    type: 't',
    account: 'a',
    data: { title: 'x\uFFFE\uFFFF\u0001<&>' },
  };

  const code = await run(['-'], JSON.stringify(event));

  expect(code).toBe(0);
  expect((await received()).map((text) => JSON.parse(text))).toEqual([event]);
});

it('sends copies as events of their own', async () => {
  await run(['--sample', 'github.push', '--count', '3']);

  const ids = (await received()).flatMap((text) => JSON.parse(text)).map(({ id }) => id);
  expect(ids).toEqual(['id-1', 'id-1-2', 'id-1-3']);
});

it('keeps the published ids and times when asked to', async () => {
  await run(['--github', '5', '--keep']);
  await run(['--github', '5', '--keep']);

  const [first, second] = (await received()).map((text) => JSON.parse(text));
  expect(first).toEqual(second);
  expect(first[0].time).toMatch(/^20(18|19|2\d)/);
});

it('sends malformed input only when told to, and then as it is', async () => {
  const refused = await run(['-'], '{"oops"');
  const forced = await run(['-', '--raw'], '{"oops"');

  expect([refused, forced]).toEqual([2, 0]);
  expect(complaints[0]).toContain('neither JSON');
  expect(await received()).toEqual(['{"oops"']);
});

it('prints instead of sending on a dry run', async () => {
  const code = await run(['--sample', 'github.push', '--dry-run']);

  expect(code).toBe(0);
  expect(JSON.parse(printed.join()).type).toBe('github.push');
  expect(await received()).toEqual([]);
});

it('says that the queue is not there, and that nothing was sent', async () => {
  await queue.delete();

  const code = await run(['--sample', 'github.push']);

  expect(code).toBe(1);
  expect(complaints).toEqual([
    'There is no such queue: start the app once with npm start, which makes it. Nothing was sent.',
  ]);
});

it('says that nothing answers where the storage should be', async () => {
  const nowhere = connection.replace(/QueueEndpoint=http:\/\/127\.0\.0\.1:\d+/, 'QueueEndpoint=http://127.0.0.1:9');

  const code = await run(['--sample', 'github.push', '--connection', nowhere]);

  expect(code).toBe(1);
  expect(complaints.join()).toMatch(/^Nothing answers/);
});

it('repeats no part of a connection string that it cannot use', async () => {
  const code = await run(['--sample', 'github.push', '--connection', 'AccountName=x;AccountKey=c2VjcmV0']);

  expect(code).toBe(2);
  expect(complaints.join()).not.toMatch(/c2VjcmV0/);
});
