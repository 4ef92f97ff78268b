/** Queue `events`: the product's events come in. */
import type { InvocationContext, StorageQueueHandler } from '@azure/functions';
import type { QueuedMessage } from '../shared/events/poison.ts';

/** Hands a message on with what the host knows of it. */
export function createReceiveEventsHandler(receive: (message: QueuedMessage) => Promise<unknown>): StorageQueueHandler {
  return async (body: unknown, context: InvocationContext) => {
    const { id, insertionTime } = context.triggerMetadata ?? {};
    await receive({ body, id: String(id ?? context.invocationId), insertedAt: instantOf(insertionTime) });
  };
}

/** The host gives a date as text. */
function instantOf(time: unknown): number {
  const at =
    typeof time === 'string' || typeof time === 'number' || time instanceof Date
      ? new Date(time).getTime()
      : Number.NaN;
  return Number.isNaN(at) ? 0 : at;
}
