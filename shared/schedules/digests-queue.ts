/** Puts jobs on the `digests` queue, at once or hidden. */
import type { QueueClient } from '@azure/storage-queue';
import { toQueueText } from '../platform/queue-text.ts';
import type { TraceContext } from '../platform/telemetry/telemetry.ts';
import type { DigestJob } from './digest-job.ts';

/** Azure hides a message for at most 7 days. Source: "Put Message (REST API)", Microsoft Learn. */
export const MAX_HIDDEN_MS = 7 * 24 * 3600_000;
const FOREVER = -1;

/** The queue of jobs. */
export interface DigestsQueue {
  /** Puts a job that shows after `hiddenForMs` of real time (0: at once; at most 7 days). Throws what storage says. */
  put(job: DigestJob, hiddenForMs?: number): Promise<void>;
}

/** Jobs on `queue`; each carries the work that put it, where `trace` tells it. */
export function createDigestsQueue(
  queue: QueueClient,
  trace: () => TraceContext | undefined = () => undefined,
): DigestsQueue {
  return {
    async put(job, hiddenForMs = 0) {
      const visibilityTimeout = Math.ceil(Math.min(Math.max(hiddenForMs, 0), MAX_HIDDEN_MS) / 1000);
      await queue.sendMessage(toQueueText({ ...job, ...trace() }), { visibilityTimeout, messageTimeToLive: FOREVER });
    },
  };
}
