/** A worker as its own process or inside one: the product's handlers over real queues, real tables and a real webhook. */
import { createPostCard } from '../../../shared/delivery/webhook-client.ts';
import { systemClock } from '../../../shared/platform/clock.ts';
import type { Config } from '../../../shared/platform/config.ts';
import { createConnectorEventsQueue } from '../../../shared/platform/connector-events-queue.ts';
import { createStorage } from '../../../shared/platform/storage-client.ts';
import { createDigestsQueue } from '../../../shared/schedules/digests-queue.ts';
import { compose } from '../compose.ts';
import type { Wire } from '../wire.ts';

/** What a worker is told. */
export interface WorkerOptions {
  readonly connection: string;
  /** Of its tables and queues. */
  readonly prefix: string;
  /** Where its webhooks are. */
  readonly origin: string;
  readonly processId: string;
}

/** What a worker can do once. */
export const OPERATIONS = ['receive', 'dispatch', 'send', 'reconcile'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Seconds instead of minutes: the clocks here are real, and a test waits for them. */
const TIMES = { leaseMs: 14_000, postMs: 10_000, marginMs: 10_000, takeoverMs: 500 };
/** A message that a dead worker held shows again after this; the host takes ten minutes. */
export const HELD_SECONDS = 3;

/** A worker. */
export type Worker = Awaited<ReturnType<typeof createWorker>>;

/** Makes one over a wire that can stop it. */
export async function createWorker({ connection, prefix, origin, processId }: WorkerOptions, wire: Wire) {
  const config = { AzureWebJobsStorage: connection } as Config;
  const storage = await createStorage(config, { prefix, tableOptions: { httpClient: wire.client } });
  const jobs = createDigestsQueue(storage.queue('digests'));
  const told = createConnectorEventsQueue(storage.queue('connector-events'));
  const post = createPostCard({ localOrigins: [origin], now: Date.now });
  const once = <T>(name: string, make: () => Promise<T>) => wire.call(name, make, make);
  const product = compose({
    storage,
    jobs: { put: (job, hiddenForMs) => once('PUT digests', () => jobs.put(job, hiddenForMs)) },
    connectorEvents: { put: (event) => once('PUT connector-events', () => told.put(event)) },
    putBackOn: (name) => (text, options) => once(`PUT ${name}`, () => storage.queue(name).sendMessage(text, options)),
    vault: { read: async () => undefined, write: async () => {}, remove: async () => {} },
    postCard: (webhook, body, timeoutMs) => once('POST webhook', () => post(webhook, body, timeoutMs)),
    clock: systemClock,
    times: TIMES,
    processId,
  });

  /** Takes one message, handles it and deletes it, as the host does; false when none shows. */
  async function handleOne(queue: 'events' | 'digests'): Promise<boolean> {
    const client = storage.queue(queue);
    const taken = await client.receiveMessages({ visibilityTimeout: HELD_SECONDS });
    const [message] = taken.receivedMessageItems;
    if (message === undefined) return false;
    const { messageId: id, messageText: text, insertedOn, popReceipt } = message;
    await product.handle({ id, queue, text, insertedAt: insertedOn.getTime() });
    await once(`DELETE ${queue}`, () => client.deleteMessage(id, popReceipt));
    return true;
  }

  return {
    ...product,
    storage,
    /** Does one thing, beginning to end. */
    async operate(operation: Operation): Promise<void> {
      switch (operation) {
        case 'receive':
          await handleOne('events');
          return;
        case 'send':
          await handleOne('digests');
          return;
        case 'dispatch':
          await product.dispatch();
          return;
        case 'reconcile':
          await product.reconcile();
      }
    },
    /** Handles what shows; true when there was anything. */
    async goOn(): Promise<boolean> {
      await product.dispatch();
      const [events, digests] = [await handleOne('events'), await handleOne('digests')];
      return events || digests;
    },
  };
}
