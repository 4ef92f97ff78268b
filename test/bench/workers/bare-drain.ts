/** The floor of draining: a loop that only receives and deletes, and never lets storage wait for it. */
import { type DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { answering } from '../worker.ts';

/** Deletes under way while the next messages are asked for. */
const IN_FLIGHT = 32;
const TRIES = 5;

await answering(async ({ connectionString, queueName }: { connectionString: string; queueName: string }) => {
  const queue = new QueueClient(connectionString, queueName);
  const running = new Set<Promise<void>>();
  let deleted = 0;
  for (;;) {
    const { receivedMessageItems } = await patiently(() =>
      queue.receiveMessages({ numberOfMessages: 32, visibilityTimeout: 600 }),
    );
    if (receivedMessageItems.length === 0) break;
    for (const message of receivedMessageItems) {
      const deleting = drop(queue, message).finally(() => running.delete(deleting));
      running.add(deleting);
    }
    deleted += receivedMessageItems.length;
    while (running.size > IN_FLIGHT) await Promise.race(running);
  }
  await Promise.all(running);
  return { deleted };
});

async function drop(queue: QueueClient, { messageId, popReceipt }: DequeuedMessageItem): Promise<void> {
  await patiently(() => queue.deleteMessage(messageId, popReceipt));
}

/** Azurite says 408 where a machine is so busy that a request does not arrive in time; no SDK tries that again. */
async function patiently<T>(call: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (tries <= 1) throw error;
    return patiently(call, tries - 1);
  }
}
