/** Puts poison messages back on their queue, or makes them dead letters when their day is over (design promise 10). */
import type { QueueClient } from '@azure/storage-queue';
import { parseQueueText } from '../platform/queue-text.ts';
import type { Telemetry } from '../platform/telemetry/telemetry.ts';
import type { DeadLettersTable } from './dead-letters-table.ts';
import { type QueuedMessage, returnPoison, unwrapReturned } from './poison.ts';

const FOREVER = -1;
/** While a message is put back by hand, its trigger does not see it. */
const HIDDEN_SECONDS = 60;
const AT_ONCE = 32;

interface Deps {
  readonly name: 'events' | 'digests';
  readonly queue: Pick<QueueClient, 'sendMessage'>;
  readonly deadLetters: Pick<DeadLettersTable, 'put'>;
  readonly telemetry: Telemetry;
}

/** Where a message went. */
export type PutBack = 'put back' | 'dead letter';

/** Handles one message. Failing half-way puts it back twice at most, which shows nobody anything twice. */
export function createPutBack({ name, queue, deadLetters, telemetry }: Deps) {
  return async function putBack(message: QueuedMessage): Promise<PutBack> {
    const back = returnPoison(message);
    if (back !== undefined) {
      const visibilityTimeout = Math.ceil(back.hiddenForMs / 1000);
      for (const text of back.bodies) await queue.sendMessage(text, { visibilityTimeout, messageTimeToLive: FOREVER });
      telemetry.count('tidings.messages.returned', 1, { queue: name });
      return 'put back';
    }
    const { body, id, insertedAt } = unwrapReturned(message);
    const payload = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
    const reason = 'It failed for 24 hours: storage, the key vault or the app itself was away.';
    const because = 'failed-for-a-day';
    await deadLetters.put({ queue: name, messageId: id, position: 0, insertedAt, because, reason, payload });
    telemetry.count('tidings.dead-letters', 1, { queue: name, reason: because });
    return 'dead letter';
  };
}

/**
 * Empties what shows in a poison queue. The host runs a message there five times at most; after an outage longer than that
 * it would lie until its seven days end (QueueProcessor in azure-webjobs-sdk). Gives how many were put back.
 */
export async function rescuePoison(
  poison: Pick<QueueClient, 'receiveMessages' | 'deleteMessage'>,
  putBack: (message: QueuedMessage) => Promise<PutBack>,
): Promise<number> {
  for (let rescued = 0; ; ) {
    const { receivedMessageItems } = await poison.receiveMessages({
      numberOfMessages: AT_ONCE,
      visibilityTimeout: HIDDEN_SECONDS,
    });
    if (receivedMessageItems.length === 0) return rescued;
    for (const { messageId, popReceipt, messageText, insertedOn } of receivedMessageItems) {
      await putBack({ body: parseQueueText(messageText), id: messageId, insertedAt: insertedOn.getTime() });
      await poison.deleteMessage(messageId, popReceipt);
      rescued += 1;
    }
  }
}
