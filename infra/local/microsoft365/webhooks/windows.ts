/** Sliding windows: so many POSTs in so many seconds, for each webhook. */

/** At most `limit` POSTs in any `seconds` seconds. */
export interface Window {
  readonly limit: number;
  readonly seconds: number;
}

const limits = (...pairs: readonly (readonly [number, number])[]): readonly Window[] =>
  pairs.map(([limit, seconds]) => ({ limit, seconds }));

/** Source: Microsoft's "Create and send messages", rate limiting for connectors: five windows per connector. */
export const CONNECTOR_WINDOWS = limits([4, 1], [60, 30], [100, 3_600], [150, 7_200], [1_800, 86_400]);

/** Source: Microsoft's Teams connector page: 25 non-GET Flow-bot requests in 300 s for one connection. */
export const FLOW_BOT_WINDOW: Window = { limit: 25, seconds: 300 };

/** A window's name in records and answers, such as `4/1s`. */
export const nameOf = ({ limit, seconds }: Window): string => `${limit}/${seconds}s`;

/** The POSTs of one webhook, forgotten once they are older than a day. */
export type PostTimes = number[];

const LONGEST_MS = 86_400_000;

/** Counts a POST at `now` and names the windows it is too many for. Each POST counts, the refused ones too. */
export function countPost(times: PostTimes, windows: readonly Window[], now: number): readonly Window[] {
  while ((times[0] ?? now) <= now - LONGEST_MS) times.shift();
  times.push(now);
  return windows.filter(({ limit, seconds }) => {
    const earlier = times[times.length - 1 - limit];
    return earlier !== undefined && earlier > now - seconds * 1_000;
  });
}

/** Seconds until a POST would fit again: what a 429 says in Retry-After. */
export function retryAfter(times: PostTimes, exceeded: readonly Window[], now: number): number {
  const waits = exceeded.map(({ limit, seconds }) => {
    const leaves = times[times.length - limit] ?? now;
    return Math.ceil((leaves + seconds * 1_000 - now) / 1_000);
  });
  return Math.max(1, ...waits);
}
