/** A clock that stands still until it is told to go on: time is an argument of every test. */
import type { Clock } from '../../shared/platform/clock.ts';

/** A clock under the test's hand. */
export interface ManualClock extends Clock {
  /** Lets this much real time pass; the wall clock goes `rate` times as far. */
  advance(realMs: number): void;
}

/** Starts at an instant, both clocks alike. `skewMs`: how far this machine's clocks are ahead of the true time. */
export function createManualClock(startsAt: string, { rate = 1, skewMs = 0 } = {}): ManualClock {
  const start = Date.parse(startsAt);
  let passed = 0;
  return {
    now: () => start + passed * rate + skewMs,
    realNow: () => start + passed + skewMs,
    elapsed: () => passed,
    rate: () => rate,
    advance(realMs) {
      passed += realMs;
    },
  };
}
