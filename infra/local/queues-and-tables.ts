/** Makes the queues and tables that `infra/azure` declares in the cloud: the app itself never creates any. */
import { TableServiceClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';

/** Which queues and tables must be there. */
export interface QueuesAndTables {
  readonly connectionString: string;
  readonly queues?: readonly string[];
  readonly tables?: readonly string[];
}

/** Creates what is missing and leaves what is there. */
export async function createQueuesAndTables({ connectionString, queues = [], tables = [] }: QueuesAndTables) {
  const queueService = QueueServiceClient.fromConnectionString(connectionString);
  const tableService = TableServiceClient.fromConnectionString(connectionString, { allowInsecureConnection: true });
  await Promise.all([
    ...queues.map((name) => queueService.getQueueClient(name).createIfNotExists()),
    ...tables.map((name) => tableService.createTable(name)), // "already exists" is an answer, not an error, here
  ]);
}
