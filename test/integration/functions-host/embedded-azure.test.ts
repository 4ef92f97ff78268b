/** The product itself in the local system: the bundle loads, finds its queues, tables and keys, and follows the clock. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableServiceClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';
import { type EmbeddedAzure, startEmbeddedAzure } from '../../../infra/local/embedded-azure.ts';
import { QUEUES, TABLES } from '../../../shared/platform/storage-client.ts';

let dir: string;
let azure: EmbeddedAzure;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidings-embedded-'));
  azure = await startEmbeddedAzure({ dir, instances: 2, env: { TZ: 'Pacific/Chatham' } });
});
afterAll(async () => {
  await azure?.stop();
  await rm(dir, { recursive: true, force: true });
});

async function namesOf(items: AsyncIterable<{ name?: string }>): Promise<string[]> {
  const names: string[] = [];
  for await (const { name = '' } of items) names.push(name);
  return names.sort();
}

it('makes the queues and tables that the cloud has', async () => {
  const queues = QueueServiceClient.fromConnectionString(azure.connectionString).listQueues();
  const tables = TableServiceClient.fromConnectionString(azure.connectionString, { allowInsecureConnection: true });

  expect(await namesOf(queues)).toEqual([...QUEUES, 'digests-poison', 'events-poison'].sort());
  expect(await namesOf(tables.listTables())).toEqual([...TABLES].sort());
});

it('registers the functions of the product in each process', async () => {
  expect(azure.functions.functions).toEqual(expect.arrayContaining(['receive-events', 'send-digest', 'dispatch-due']));
  expect(new Set(azure.functions.pids()).size).toBe(2);
});

it('runs the minute by hand, against storage that was away in between', async () => {
  await azure.functions.runNow('dispatch-due');
  await azure.stopStorage();
  await azure.startStorage();

  await expect(azure.functions.runNow('dispatch-due')).resolves.toBeUndefined();
});
