/** Queue `events`: the product's events come in. */
import type { InvocationContext, StorageQueueHandler } from '@azure/functions';
import type { QueuedMessage } from '../shared/events/poison.ts';
import { insertionTime } from '../shared/platform/insertion-time.ts';

/** Hands a message on with what the host knows of it. */
export function createReceiveEventsHandler(receive: (message: QueuedMessage) => Promise<unknown>): StorageQueueHandler {
  return async (body: unknown, context: InvocationContext) => {
    const id = String(context.triggerMetadata?.['id'] ?? context.invocationId);
    await receive({ body, id, insertedAt: insertionTime(context.triggerMetadata, Date.now()) });
  };
}
