/** Queue triggers: what a function is given, and what becomes of a message. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueServiceClient } from '@azure/storage-queue';
import { startAzurite } from '../../../infra/local/azurite.ts';
import { type FunctionsHost, startFunctionsHost } from '../../../infra/local/functions-host/start-host.ts';
import { createQueuesAndTables } from '../../../infra/local/queues-and-tables.ts';
import { buildFixtureApp, type HostSettings } from './fixture-app.ts';
import { type Line, listen } from './said.ts';

const connectionString = process.env['TEST_STORAGE'] ?? '';
const service = QueueServiceClient.fromConnectionString(connectionString);
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Setting {
  readonly queues?: HostSettings['queues'];
  readonly instances?: number;
  readonly hiddenMs?: number;
  readonly graceMs?: number;
  /** Messages that are there when the host starts. */
  readonly waiting?: readonly unknown[];
}

async function run({ queues = {}, instances = 1, hiddenMs = 60_000, graceMs = 10_000, waiting = [] }: Setting = {}) {
  const said = listen();
  const name = `q-${randomUUID()}`;
  await createQueuesAndTables({ connectionString, queues: [name] });
  const queue = service.getQueueClient(name);
  const send = (message: unknown) => queue.sendMessage(textOf(message));
  for (const message of waiting) await send(message);
  const app = await buildFixtureApp('queue', { queues });
  cleanups.push(app.remove);
  const host = await startFunctionsHost({
    appDir: app.dir,
    env: { AzureWebJobsStorage: connectionString, QUEUE: name },
    instances,
    runningMessageHiddenMs: hiddenMs,
    graceMs,
    onLine: said.onLine,
  });
  cleanups.push(host.stop);
  return { host, said, queue, poison: service.getQueueClient(`${name}-poison`), send };
}

const textOf = (message: unknown) => (typeof message === 'string' ? message : JSON.stringify(message));
const got = (line: Line) => line['what'] === 'got';
const done = (line: Line) => line['what'] === 'done';
const release = (host: FunctionsHost, name: string) => fetch(`${host.url}/release/${name}`, { method: 'POST' });

const nameOf = (line: Line = {}) => String(Object(line['message']).hold);

/** Counts hidden messages too. Waits until `wanted` are there: storage is settled a moment after the function returned. */
async function countSettled(queue: ReturnType<typeof service.getQueueClient>, wanted: number): Promise<number> {
  for (let look = 0; ; look += 1) {
    const { approximateMessagesCount = 0 } = await queue.getProperties();
    if (approximateMessagesCount === wanted || look === 100) return approximateMessagesCount;
  }
}

it.each([
  ['{"a":[1]}', { a: [1] }, 'object'],
  ['[1,2]', [1, 2], 'object'],
  ['7', 7, 'number'],
  ['null', null, 'object'],
  ['plain words', 'plain words', 'string'],
  ['eyJhIjoxfQ==', 'eyJhIjoxfQ==', 'string'],
])('hands %s over as the worker does', async (text, message, type) => {
  const { said, send } = await run();

  await send(text);

  expect((await said.first(1, got))[0]).toMatchObject({ by: 'worker', message, type });
});

it('hands over what Azure says about a message, in camel case', async () => {
  const { said, send } = await run();

  const sent = await send({ Shout: 1 });

  expect((await said.first(1, got))[0]).toMatchObject({
    message: { Shout: 1 },
    metadata: {
      id: sent.messageId,
      dequeueCount: 1,
      queueTrigger: { shout: 1 },
      popReceipt: expect.any(String),
      insertionTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/),
      expirationTime: expect.stringMatching(/\+00:00$/),
      nextVisibleTime: expect.stringMatching(/\+00:00$/),
    },
  });
});

it('deletes a message when its function has returned', async () => {
  const { said, queue, send } = await run();

  await send('once');
  await said.first(1, done);

  expect(await countSettled(queue, 0)).toBe(0);
  expect(said.lines.filter(got)).toHaveLength(1);
});

it('tries a failing message again, then moves it to a poison queue that it makes', async () => {
  const { said, queue, poison, send } = await run({ queues: { maxDequeueCount: 3, visibilityTimeout: '00:00:00' } });

  await send({ fail: true });
  const tries = await said.first(4, got);

  expect(tries.map(({ by, metadata }) => [by, (metadata as Line)['dequeueCount']])).toEqual([
    ['worker', 1],
    ['worker', 2],
    ['worker', 3],
    ['poison-worker', 1],
  ]);
  expect(tries[3]).toMatchObject({ message: { fail: true } });
  expect(await countSettled(queue, 0)).toBe(0);
  expect(await countSettled(poison, 1)).toBe(1);
});

it('waits for the visibility timeout before it tries again', async () => {
  const { said, queue, send } = await run({ queues: { visibilityTimeout: '00:10:00' } });

  await send({ fail: true });
  await said.first(1, got);

  expect(await countSettled(queue, 1)).toBe(1);
  expect(said.lines.filter(got)).toHaveLength(1);
});

it('keeps a running message hidden beyond its time, and a failed poison message only for its time', async () => {
  const { host, said, queue, send } = await run({
    queues: { maxDequeueCount: 2, visibilityTimeout: '00:00:00' },
    hiddenMs: 1_000,
  });

  await send({ hold: 'long' });
  await send({ fail: true });
  // The poison message comes back when its second has passed, so a second has passed for the other one too.
  await said.first(2, ({ by }) => by === 'poison-worker');
  const held = said.lines.filter(({ what, message }) => what === 'got' && textOf(message).includes('long'));
  await release(host, 'long');
  await said.first(1, done);

  expect(held).toHaveLength(1);
  expect(await countSettled(queue, 0)).toBe(0);
});

it('fetches the next batch when no more than the threshold are running', async () => {
  const waiting = ['a', 'b', 'c', 'd', 'e', 'f'].map((hold) => ({ hold }));
  const { host, said } = await run({ queues: { batchSize: 2, newBatchThreshold: 1 }, waiting, graceMs: 100 });

  const two = await said.first(2, got);
  const atTwo = said.lines.filter(got).length;
  await release(host, nameOf(two[0]));
  const four = await said.first(4, got);
  await release(host, nameOf(two[1]));
  await said.first(2, done);

  expect(atTwo).toBe(2);
  expect(four.map(({ running }) => running)).toEqual([1, 2, 2, 3]);
  // Two run, which is more than the threshold: the last two stay on the queue.
  expect(said.lines.filter(got)).toHaveLength(4);
});

it('reads base64 where host.json asks for it, and moves what is none to the poison queue at once', async () => {
  const { said, poison, send } = await run({ queues: { messageEncoding: 'base64', maxDequeueCount: 1 } });

  await send('no base64!');
  await send(Buffer.from('{"fail":true}').toString('base64'));
  const lines = await said.first(2, got);

  expect(lines.map(({ by, message }) => [by, message])).toEqual([
    ['worker', { fail: true }],
    ['poison-worker', { fail: true }],
  ]);
  expect(await countSettled(poison, 2)).toBe(2);
});

it('lets another instance have a message when the one that works on it is killed', async () => {
  const { host, said, send } = await run({ instances: 2, hiddenMs: 1_000, graceMs: 100 });

  await send({ hold: 'for ever' });
  const [first] = await said.first(1, got);
  await host.kill(host.pids().indexOf(Number(first?.['pid'])));
  const [, second] = await said.first(2, got);

  expect(second).toMatchObject({ message: { hold: 'for ever' }, metadata: { dequeueCount: 2 } });
  expect(second?.['pid']).not.toBe(first?.['pid']);
});

it('finishes and deletes what it works on before it stops, and leaves the rest', async () => {
  const { host, said, queue, send } = await run({ queues: { batchSize: 1, newBatchThreshold: 0 } });

  await send({ untilStop: true });
  await said.first(1, got);
  await send('later');
  await host.stop();

  expect(said.lines.filter(done)).toEqual([expect.objectContaining({ message: { untilStop: true } })]);
  const [left] = (await queue.peekMessages()).peekedMessageItems;
  expect(left).toMatchObject({ messageText: 'later', dequeueCount: 0 });
  expect((await queue.getProperties()).approximateMessagesCount).toBe(1);
});

it('runs a function at once with a given message, and says when it failed', async () => {
  const { host, said } = await run();

  await host.runNow('worker', '{"by":"hand"}');

  expect(said.lines.find(got)).toMatchObject({ message: { by: 'hand' }, metadata: { dequeueCount: 1 } });
  await expect(host.runNow('worker', '{"fail":true}')).rejects.toThrow('as the message asks');
  await expect(host.runNow('release')).rejects.toThrow('is called by its route');
  await expect(host.runNow('nobody')).rejects.toThrow('no function "nobody"');
});

it('runs a function for the admin endpoint', async () => {
  const { host, said } = await run();
  const order = (name: string, body: string, key = host.keys.master) =>
    fetch(`${host.url}/admin/functions/${name}`, { method: 'POST', headers: { 'x-functions-key': key }, body });

  const statuses = [
    await order('worker', '{"input":"from the admin"}'),
    await order('worker', '', host.keys.host),
    await order('nobody', '{}'),
    await order('release', '{}'),
    await order('worker', 'no JSON'),
  ].map(({ status }) => status);
  const [line] = await said.first(1, got);

  expect(statuses).toEqual([202, 401, 404, 400, 400]);
  expect(line).toMatchObject({ message: 'from the admin' });
});

it('goes on when storage was away', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-outage-'));
  cleanups.push(() => rm(dir, { recursive: true, force: true }));
  const before = await startAzurite({ dir });
  await createQueuesAndTables({ connectionString: before.connectionString, queues: ['outage'] });
  const said = listen();
  const app = await buildFixtureApp('queue');
  cleanups.push(app.remove);
  const env = { AzureWebJobsStorage: before.connectionString, QUEUE: 'outage' };
  const host = await startFunctionsHost({ appDir: app.dir, env, onLine: said.onLine });
  cleanups.push(host.stop);

  await before.stop();
  const after = await startAzurite({ dir, ports: before.ports });
  cleanups.push(after.stop);
  await QueueServiceClient.fromConnectionString(after.connectionString).getQueueClient('outage').sendMessage('back');

  expect((await said.first(1, got))[0]).toMatchObject({ message: 'back' });
});
