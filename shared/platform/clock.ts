/** The two clocks of protocol rule 17: the wall clock says when, elapsed time says how long. */
export interface Clock {
  /** The wall clock, in milliseconds since 1970: due times, snoozes, retention. Settable in development only. */
  now(): number;
  /** The machine's own wall clock, never settable: the ends of leases and pacing slots, which other processes read. */
  realNow(): number;
  /** Milliseconds that only ever grow, from an arbitrary start: deadlines within this process. */
  elapsed(): number;
  /** Wall-clock milliseconds that pass in a real one: 1 in production. A wait handed to a queue is divided by it. */
  rate(): number;
}

/** The clock of production: nothing about it can be set. */
export const systemClock: Clock = {
  now: () => Date.now(),
  realNow: () => Date.now(),
  elapsed: () => performance.now(),
  rate: () => 1,
};
