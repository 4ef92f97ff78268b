/** A rate, seen from outside: how fast what is left grows less. */
import { until } from './wait.ts';

const LIMIT_MS = 15 * 60_000;
const LOOK_MS = 50;
/** The first tenth is the start of a process, not its rate. */
const STARTING = 0.1;

/** Looks at what is left of `all` until nothing is; how much went a second, once it was going. */
export async function rateOf(left: () => Promise<number>, all: number): Promise<number> {
  let began: { readonly at: number; readonly left: number } | undefined;
  let ended = 0;
  await until(
    'the last one',
    LIMIT_MS,
    async () => {
      const now = await left();
      if (now <= all * (1 - STARTING)) began ??= { at: performance.now(), left: now };
      ended = performance.now();
      return now <= 0;
    },
    LOOK_MS,
  );
  return began === undefined ? Number.NaN : (1000 * began.left) / (ended - began.at);
}
