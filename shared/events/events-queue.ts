/** Puts events on queue `events`, for those that come by HTTP. */
import type { QueueClient } from '@azure/storage-queue';
import type { TraceContext } from '../platform/telemetry/telemetry.ts';
import { EventsNotQueuedError } from './emit-errors.ts';
import type { Event } from './event.ts';
import { packMessages } from './pack-messages.ts';

const FOREVER = -1;

/** Puts events. */
export type QueueEvents = ReturnType<typeof createQueueEvents>;

/** Events without a trace of their own get that of the work under way. Resolves when all are on the queue. @throws EventsNotQueuedError when not all are: those that are will be known when they come again. */
export function createQueueEvents(
  queue: Pick<QueueClient, 'sendMessage'>,
  trace: () => TraceContext | undefined = () => undefined,
) {
  return async function queueEvents(events: readonly Event[]): Promise<void> {
    const under = trace();
    const traced = events.map((event) => (event.traceparent === undefined ? { ...event, ...under } : event));
    const put = packMessages(traced).map((message) => queue.sendMessage(message, { messageTimeToLive: FOREVER }));
    const failed = (await Promise.allSettled(put)).find((result) => result.status === 'rejected');
    if (failed !== undefined) throw new EventsNotQueuedError({ cause: failed.reason });
  };
}
