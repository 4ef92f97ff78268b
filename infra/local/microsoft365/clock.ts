/** What time it is here: windows, tokens and what switches itself off follow it. */

/** A clock in milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/** A clock that can be set forward, for what takes hours or months in life. */
export interface SettableClock extends Clock {
  /** Moves it on by so many milliseconds. */
  advance(byMs: number): void;
}

/** A clock that runs with the given one and can be set ahead of it. */
export function settable(clock: Clock): SettableClock {
  let aheadMs = 0;
  return {
    now: () => clock.now() + aheadMs,
    advance: (byMs) => {
      aheadMs += byMs;
    },
  };
}
