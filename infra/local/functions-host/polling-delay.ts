/** How long a queue listener waits after it found nothing: the WebJobs SDK's randomised exponential backoff. */

const LEAST_MS = 100;
const STEP_MS = 100;
const JITTER = 0.2;

/** What to wait for, and what chance to take: `random` gives a number from 0 to 1. */
export interface PollingDelayOptions {
  readonly maxMs: number;
  readonly random?: () => number;
}

/**
 * A function that gives the next wait: short after a message was found since the last wait, then longer each time up to
 * `maxMs` (RandomizedExponentialBackoffStrategy in azure-webjobs-sdk).
 */
export function createPollingDelay({ maxMs, random = Math.random }: PollingDelayOptions) {
  let exponent = 0;
  let current = LEAST_MS;
  return function nextDelayMs(foundSinceLast: boolean): number {
    if (foundSinceLast) {
      exponent = 1;
      current = LEAST_MS;
    } else if (current < maxMs) {
      const factor = 1 - JITTER + random() * 2 * JITTER;
      const longer = LEAST_MS + (exponent > 0 ? factor * 2 ** (exponent - 1) * STEP_MS : 0);
      current = Math.min(longer, maxMs);
      exponent += 1;
    }
    return Math.min(current, maxMs);
  };
}
