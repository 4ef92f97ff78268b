/** Puts what the product shall know on the `connector-events` queue: answers given on cards, and what becomes of subscriptions. */
import type { QueueClient } from '@azure/storage-queue';
import { toQueueText } from './queue-text.ts';
import type { TraceContext } from './telemetry/telemetry.ts';

const FOREVER = -1;

/** A CloudEvents 1.0 object of ours. `id` is derived from what it tells, so that telling it twice shows. */
export interface ConnectorEvent {
  readonly specversion: '1.0';
  readonly id: string;
  /** `PUBLIC_URL`. */
  readonly source: string;
  readonly type: `tidings.${string}`;
  /** The subscription's id. */
  readonly subject: string;
  /** ISO 8601, in UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly account: string;
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The queue that the product reads. */
export interface ConnectorEventsQueue {
  /** Puts one event, which stays until it is read. Throws what storage says. */
  put(event: ConnectorEvent): Promise<void>;
}

/** Events on `queue`, one in each message, as plain JSON. One without a trace of its own gets that of the work under way. */
export function createConnectorEventsQueue(
  queue: Pick<QueueClient, 'sendMessage'>,
  trace: () => TraceContext | undefined = () => undefined,
): ConnectorEventsQueue {
  return {
    async put(event) {
      await queue.sendMessage(toQueueText(event.traceparent === undefined ? { ...event, ...trace() } : event), {
        messageTimeToLive: FOREVER,
      });
    },
  };
}
