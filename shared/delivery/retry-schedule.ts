/** When a failed delivery is tried again: a schedule kept as data, for more than a day in all. */
import type { Outcome } from './outcome.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits before the second attempt, the third, and so on; after the last, the events return to the inbox. */
export const RETRY_WAITS_MS = [
  5 * SECOND,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  10 * HOUR,
] as const;

/** Waits vary by this much either way, so that channels that failed together do not come back together. */
const JITTER = 0.2;
/** A Retry-After is obeyed between these; beyond, somebody made a mistake. */
const RETRY_AFTER_BOUNDS_MS = { least: SECOND, most: 24 * HOUR } as const;

/**
 * How long to wait after the `failures`th failed attempt (1 for the first), in wall-clock milliseconds; undefined when the
 * schedule is used up. `random` is in [0, 1).
 */
export function retryWaitMs(
  failures: number,
  outcome: Pick<Outcome, 'retryAfterMs'>,
  random: number,
): number | undefined {
  const wait = RETRY_WAITS_MS[failures - 1];
  if (wait === undefined) return undefined;
  const jittered = Math.round(wait * (1 - JITTER + 2 * JITTER * random));
  if (outcome.retryAfterMs === undefined) return jittered;
  const asked = Math.min(Math.max(outcome.retryAfterMs, RETRY_AFTER_BOUNDS_MS.least), RETRY_AFTER_BOUNDS_MS.most);
  return Math.max(jittered, asked);
}
