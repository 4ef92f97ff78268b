/** The queues and tables: clients made once, with one keep-alive pool and one way to sign in. */
import { TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import { QueueClient, type StoragePipelineOptions } from '@azure/storage-queue';
import type { StoreConfig } from './config.ts';

/** Every table; `infra/azure` declares the same ones. */
export const TABLES = [
  'subscriptions',
  'inbox',
  'due',
  'digests',
  'webhooks',
  'accounts',
  'once',
  'deadletters',
] as const;
/** Every queue of ours. */
export const QUEUES = ['events', 'digests', 'connector-events'] as const;
/** Where the host puts messages that failed for good: a twin of each queue that it reads. */
export const POISON_QUEUES = ['events-poison', 'digests-poison'] as const;

/** Clients for the tables and queues, by name. */
export interface Storage {
  table(name: (typeof TABLES)[number]): TableClient;
  queue(name: (typeof QUEUES)[number] | (typeof POISON_QUEUES)[number]): QueueClient;
}

/** How a test changes the clients: names of its own, and policies that see every call. */
export interface StorageOptions {
  readonly prefix?: string;
  readonly tableOptions?: TableServiceClientOptions;
  readonly queueOptions?: StoragePipelineOptions;
}

/** Retries are the SDK's: what outlasts them fails the invocation, and the host tries the message again. */
const RETRIES = { maxRetries: 4, retryDelayInMs: 200, maxRetryDelayInMs: 5_000 };

/** Without a length the SDK makes a second copy of every body to count it (`getBodyLength` in @typespec/ts-http-runtime): pages are 60 KiB. */
const SIZED: NonNullable<TableServiceClientOptions['additionalPolicies']>[number] = {
  position: 'perCall',
  policy: {
    name: 'body-length',
    sendRequest(request, next) {
      if (typeof request.body === 'string') request.headers.set('Content-Length', Buffer.byteLength(request.body));
      return next(request);
    },
  },
};

/**
 * Makes the clients from a connection string (Azurite), else from the account's name with the app's identity.
 * Nothing is called yet.
 */
export async function createStorage(config: StoreConfig, options: StorageOptions = {}): Promise<Storage> {
  const prefix = options.prefix ?? '';
  const tableOptions = { retryOptions: RETRIES, additionalPolicies: [SIZED], ...options.tableOptions };
  const queueOptions = {
    retryOptions: {
      maxTries: RETRIES.maxRetries + 1,
      retryDelayInMs: RETRIES.retryDelayInMs,
      maxRetryDelayInMs: RETRIES.maxRetryDelayInMs,
    },
    ...options.queueOptions,
  };
  const connection = config.AzureWebJobsStorage;
  if (connection !== undefined) {
    return cached({
      table: (name) =>
        TableClient.fromConnectionString(connection, prefix + name, { allowInsecureConnection: true, ...tableOptions }),
      queue: (name) => new QueueClient(connection, prefix + name, queueOptions),
    });
  }
  // The identity library is large: loaded only where there is no connection string.
  const { DefaultAzureCredential } = await import('@azure/identity');
  const credential = new DefaultAzureCredential();
  const account = config.AzureWebJobsStorage__accountName;
  const tables = config.AzureWebJobsStorage__tableServiceUri ?? `https://${account}.table.core.windows.net`;
  const queues = config.AzureWebJobsStorage__queueServiceUri ?? `https://${account}.queue.core.windows.net`;
  return cached({
    table: (name) => new TableClient(tables, prefix + name, credential, tableOptions),
    queue: (name) => new QueueClient(`${queues.replace(/\/+$/, '')}/${prefix}${name}`, credential, queueOptions),
  });
}

function cached(make: Storage): Storage {
  const tables = new Map<string, TableClient>();
  const queues = new Map<string, QueueClient>();
  return {
    table: (name) => remember(tables, name, make.table),
    queue: (name) => remember(queues, name, make.queue),
  };
}

function remember<K, V>(known: Map<string, V>, name: K & string, make: (name: K & string) => V): V {
  const found = known.get(name) ?? make(name);
  known.set(name, found);
  return found;
}
