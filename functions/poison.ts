/** Queues `events-poison` and `digests-poison`: infrastructure was away; the message goes back, for 24 hours. */

import type { InvocationContext, StorageQueueHandler } from '@azure/functions';
import type { QueueClient } from '@azure/storage-queue';
import type { DeadLettersTable } from '../shared/events/dead-letters-table.ts';
import { returnPoison, unwrapReturned } from '../shared/events/poison.ts';

const FOREVER = -1;

interface Deps {
  readonly name: 'events' | 'digests';
  readonly queue: Pick<QueueClient, 'sendMessage'>;
  readonly deadLetters: Pick<DeadLettersTable, 'put'>;
}

/** Puts a message back on its queue with growing delay, then makes it a dead letter. */
export function createPoisonHandler({ name, queue, deadLetters }: Deps): StorageQueueHandler {
  return async (body: unknown, context: InvocationContext) => {
    const back = returnPoison(body);
    if (back !== undefined) {
      const visibilityTimeout = Math.ceil(back.hiddenForMs / 1000);
      for (const text of back.bodies) await queue.sendMessage(text, { visibilityTimeout, messageTimeToLive: FOREVER });
      context.warn('a poison message was put back', { queue: name });
      return;
    }
    const { message } = unwrapReturned(body);
    const messageId = String(context.triggerMetadata?.['id'] ?? context.invocationId);
    const payload = typeof message === 'string' ? message : (JSON.stringify(message) ?? '');
    await deadLetters.put({
      queue: name,
      messageId,
      position: 0,
      insertedAt: Date.now(),
      reason: 'It failed for 24 hours: storage, the key vault or the app itself was away.',
      payload,
    });
    context.error('a message failed for 24 hours and became a dead letter', { queue: name });
  };
}
