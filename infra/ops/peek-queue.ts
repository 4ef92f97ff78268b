/** Looks at a queue's first messages and takes none. */
import type { QueueClient } from '@azure/storage-queue';
import type { Peeked } from '../../shared/delivery/explain/find-outside.ts';
import { parseQueueText } from '../../shared/platform/queue-text.ts';

/** Azure shows as many at a time, always the first. Source: "Peek Messages (REST API)", Microsoft Learn. */
const MOST = 32;

/** The first messages that are not hidden, as the host would hand them over. */
export async function peekQueue(queue: Pick<QueueClient, 'peekMessages' | 'getProperties'>): Promise<Peeked> {
  const [{ peekedMessageItems }, { approximateMessagesCount = 0 }] = await Promise.all([
    queue.peekMessages({ numberOfMessages: MOST }),
    queue.getProperties(),
  ]);
  const messages = peekedMessageItems.map(({ messageId, messageText, insertedOn }) => ({
    body: parseQueueText(messageText),
    id: messageId,
    insertedAt: insertedOn.getTime(),
  }));
  return { messages, hidden: Math.max(0, approximateMessagesCount - messages.length) };
}
