/** Never faster than the other side allows: sliding windows as data (design promise 6). Facts: docs/microsoft.md, "Webhooks". */
import type { Head } from '../digests/head.ts';
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
/** Clocks of processes may differ by this much (protocol rule 7). */
const CLOCKS_APART_MS = 60_000;

/** The part of a head that paces. Slots are oldest first; the last `slotsBy.count` of them are of the process `slotsBy.process`. */
export type Paced = Pick<Head, 'slots' | 'slotsBy'>;

/** Who asks, and when by its own clock. */
export interface Pacer {
  readonly now: number;
  readonly process: string;
}

/**
 * When the next POST may go, by the asking process's clock: `now`, or the first instant at which every window has room. A slot
 * of its own is as old as its clock says; one of another process can be younger by what clocks may differ.
 */
export function nextSlot(kind: WebhookKind, { slots, slotsBy }: Paced, { now, process }: Pacer): number {
  const own = slotsBy?.process === process ? slotsBy.count : 0;
  return PACING[kind].reduce((at, { posts, ms }) => {
    const oldest = slots.at(-posts);
    if (oldest === undefined) return at;
    return Math.max(at, oldest + ms + MARGIN_MS + (posts <= own ? 0 : CLOCKS_APART_MS));
  }, now);
}

/** The head with one slot more, without those that no window needs. Never before the last: by a clock that is behind, it would be. */
export function withSlot<T extends Paced>(head: T, { now, process }: Pacer): T {
  const at = Math.max(now, head.slots.at(-1) ?? 0);
  const needed = head.slots.filter((slot) => slot > at - LONGEST_MS - MARGIN_MS - CLOCKS_APART_MS);
  const before = head.slotsBy?.process === process ? head.slotsBy.count : 0;
  return { ...head, slots: [...needed, at], slotsBy: { process, count: before + 1 } };
}

/** The head once the POST of its last slot has ended: what the other side counts arrived between the two. */
export function withLastSlotAt<T extends Paced>(head: T, ended: number): T {
  const last = head.slots.at(-1);
  return last === undefined ? head : { ...head, slots: [...head.slots.slice(0, -1), Math.max(last, ended)] };
}
