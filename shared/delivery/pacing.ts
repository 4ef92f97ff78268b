/** Never faster than the other side allows: sliding windows as data (design promise 6). Facts: docs/microsoft.md, "Webhooks". */
import type { WebhookKind } from '../subscriptions/webhook.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** At most `posts` in any stretch of `ms`. */
export interface PacingWindow {
  readonly posts: number;
  readonly ms: number;
}

/** Microsoft's throttling windows of a connector: "Rate limiting for connectors", msteams-docs. */
const CONNECTOR: readonly PacingWindow[] = [
  { posts: 4, ms: SECOND },
  { posts: 60, ms: 30 * SECOND },
  { posts: 100, ms: HOUR },
  { posts: 150, ms: 2 * HOUR },
  { posts: 1_800, ms: 24 * HOUR },
];

/** A flow's posting action takes 25 requests in 300 s besides: limits of the Teams connector for Power Automate. */
export const PACING: Readonly<Record<WebhookKind, readonly PacingWindow[]>> = {
  connector: CONNECTOR,
  workflow: [...CONNECTOR, { posts: 25, ms: 300 * SECOND }],
};

/** Slots older than the longest window are of no use. */
const LONGEST_MS = 24 * HOUR;
/** Between our clock's reading and the other side's, both on the way. */
const MARGIN_MS = 50;

/** When the next POST may go: `now`, or the first instant at which every window has room. Slots are oldest first. */
export function nextSlot(kind: WebhookKind, slots: readonly number[], now: number): number {
  // A slot of a process whose clock is ahead is in our future: never go back before it (protocol rule 7).
  const earliest = Math.max(now, slots.at(-1) ?? 0);
  return PACING[kind].reduce((at, { posts, ms }) => {
    const oldest = slots.at(-posts);
    return oldest === undefined ? at : Math.max(at, oldest + ms + MARGIN_MS);
  }, earliest);
}

/** The slots with one more, without those that no window needs. */
export function withSlot(slots: readonly number[], at: number): number[] {
  return [...slots.filter((slot) => slot > at - LONGEST_MS - MARGIN_MS), at];
}

/** The slots once the POST of the last one has ended: what the other side counts arrived between the two. */
export function withLastSlotAt(slots: readonly number[], ended: number): number[] {
  const last = slots.at(-1);
  return last === undefined ? [] : [...slots.slice(0, -1), Math.max(last, ended)];
}
