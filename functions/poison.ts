/** Queues `events-poison` and `digests-poison`: infrastructure was away; the message goes back, for 24 hours. */
import type { InvocationContext, StorageQueueHandler } from '@azure/functions';
import type { QueuedMessage } from '../shared/events/poison.ts';
import type { PutBack } from '../shared/events/return-poison.ts';
import { insertionTime } from '../shared/platform/insertion-time.ts';

/** Hands a message on with what the host knows of it. */
export function createPoisonHandler(
  name: string,
  putBack: (message: QueuedMessage) => Promise<PutBack>,
): StorageQueueHandler {
  return async (body: unknown, context: InvocationContext) => {
    const id = String(context.triggerMetadata?.['id'] ?? context.invocationId);
    const went = await putBack({ body, id, insertedAt: insertionTime(context.triggerMetadata, Date.now()) });
    if (went === 'put back') context.warn('a poison message was put back', { queue: name });
    else context.error('a message failed for 24 hours and became a dead letter', { queue: name });
  };
}
