/** The clock that decides when timers fire. It may be set, and may run faster than real time. */

/** A wall clock. */
export interface WallClock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** The machine's clock. */
export const machineClock: WallClock = { now: () => Date.now() };
