/** Timer triggers: one runner at a time, occurrences that were missed, a clock that may be set. */
import { randomUUID } from 'node:crypto';
import { BlobServiceClient } from '@azure/storage-blob';
import { createBlobLock } from '../../../infra/local/functions-host/blob-lock.ts';
import { startFunctionsHost } from '../../../infra/local/functions-host/start-host.ts';
import { createTimerStatusStore } from '../../../infra/local/functions-host/timer-status.ts';
import { buildFixtureApp, type FixtureApp } from './fixture-app.ts';
import { type Line, listen } from './said.ts';

const connectionString = process.env['TEST_STORAGE'] ?? '';
const blobs = BlobServiceClient.fromConnectionString(connectionString);
const hosts = blobs.getContainerClient('azure-webjobs-hosts');
const cleanups: (() => Promise<unknown>)[] = [];
let app: FixtureApp;

beforeAll(async () => {
  app = await buildFixtureApp('timer');
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
afterAll(() => app.remove());

async function run({ hostId = randomUUID() as string, daily = '0 0 9 * * *', instances = 1 } = {}) {
  const said = listen();
  const host = await startFunctionsHost({
    appDir: app.dir,
    instances,
    env: { AzureWebJobsStorage: connectionString, AzureFunctionsWebHost__hostid: hostId, DAILY: daily },
    onLine: said.onLine,
  });
  cleanups.push(host.stop);
  return { host, said, statuses: createTimerStatusStore(hosts, hostId, 'daily') };
}

const firedBy = (name: string) => (line: Line) => line['by'] === name;

it('fires on one instance at a time, and on another one when that one stops', async () => {
  const { host, said } = await run({ instances: 2 });

  const before = await said.first(2, firedBy('every-second'));
  const [holder] = before.map(({ pid }) => Number(pid));
  process.kill(holder ?? 0, 'SIGTERM');
  const [taken] = await said.first(1, (line) => firedBy('every-second')(line) && line['pid'] !== holder);

  expect(before.map(({ pid }) => pid)).toEqual([holder, holder]);
  expect(host.pids()).toContain(taken?.['pid']);
});

it('runs once at start when asked to', async () => {
  const { said } = await run();

  const [fired] = await said.first(1, firedBy('at-start'));

  expect(fired).toMatchObject({ timer: { isPastDue: false, schedule: { adjustForDST: true } } });
});

it('fires at start with isPastDue when an occurrence was missed, and tells when it last fired', async () => {
  const hostId = randomUUID();
  const statuses = createTimerStatusStore(hosts, hostId, 'daily');
  await hosts.createIfNotExists();
  const last = Date.parse('2024-05-01T09:00:00Z');
  await statuses.write({ last, next: Date.parse('2024-05-02T09:00:00Z'), lastUpdated: last });

  const { said } = await run({ hostId });
  const [fired] = await said.first(1, firedBy('daily'));

  expect(fired).toMatchObject({
    timer: {
      isPastDue: true,
      scheduleStatus: { last: '2024-05-01T09:00:00.000Z', next: '2024-05-02T09:00:00.000Z' },
    },
  });
});

it('does not call an occurrence missed when the schedule has changed since', async () => {
  const hostId = randomUUID();
  const statuses = createTimerStatusStore(hosts, hostId, 'daily');
  await hosts.createIfNotExists();
  const last = Date.parse('2024-05-01T09:00:00Z');
  await statuses.write({ last, next: Date.parse('2024-05-02T09:00:00Z'), lastUpdated: last });

  const { said } = await run({ hostId, daily: '0 30 9 * * *' });
  await said.first(2, firedBy('every-second'));

  expect(said.lines.some(firedBy('daily'))).toBe(false);
});

it('gives no status to a timer that fires more than once a minute', async () => {
  const { said } = await run();

  const [fired] = await said.first(1, firedBy('every-second'));

  expect(fired).toMatchObject({ timer: { isPastDue: false, scheduleStatus: null } });
});

it('fires a timer at once by name, and says when it failed', async () => {
  const { host, said } = await run();

  await host.runNow('daily');

  expect(said.lines.some(firedBy('daily'))).toBe(true);
  await expect(host.runNow('failing')).rejects.toThrow('as a timer may');
});

it('refuses to start with a schedule that does not parse', async () => {
  await expect(run({ daily: '0 9 * * *' })).rejects.toThrow('it needs six fields');
});

it('lets one holder have a lock, keeps it when held again, and passes it on when released', async () => {
  const name = randomUUID();
  const [one, other] = [createBlobLock(hosts, name, 15), createBlobLock(hosts, name, 15)];

  const first = [await one.hold(), await other.hold(), await one.hold()];
  await one.release();
  const then = [await other.hold(), await one.hold()];

  expect(first).toEqual([true, false, true]);
  expect(then).toEqual([true, false]);
});
