/** What can be said of an event: a closed list of answers to "why", each with what is known. */

/**
 * | answer | means |
 * |---|---|
 * | `shown` | it is in a digest that was delivered, or accepted |
 * | `unclear` | it is in a digest of which nobody knows whether it arrived |
 * | `sending` | it is in a digest that is being sent |
 * | `retrying` | it is in a digest that waits for its next attempt |
 * | `waiting` | it waits in the inbox for its time |
 * | `waiting-paused`, `waiting-disabled` | it waits until its channel is resumed, or until a probe of the webhook succeeds |
 * | `returned` | its digest could not be delivered: it waits in the inbox again |
 * | `repeat` | it was left out, or will be: the channel was shown the same event within 24 hours |
 * | `dropped-paused`, `dropped-waited`, `dropped-too-many` | dropped on purpose: by a pause, after 45 days, beyond 1,000,000 |
 * | `topic`, `scope`, `severity` | the channel's choices do not want it |
 * | `made-later` | the channel was made after it came |
 * | `would-get` | it has not been taken yet; then this channel gets it |
 * | `changed-since` | the channel would get it by its choices now, and has no trace of it |
 * | `removed` | the channel was removed |
 * | `on-queue`, `in-poison` | it waits on queue `events`, or in its poison twin |
 * | `dead-letter` | it could not be taken |
 * | `nobody-wants` | no channel of its account wants it |
 * | `no-subscriptions`, `account-unknown` | its account has no channel, or was never heard of |
 * | `never-seen` | nothing that is kept knows it |
 */
export const WHYS = [
  'shown',
  'unclear',
  'sending',
  'retrying',
  'waiting',
  'waiting-paused',
  'waiting-disabled',
  'returned',
  'repeat',
  'dropped-paused',
  'dropped-waited',
  'dropped-too-many',
  'topic',
  'scope',
  'severity',
  'made-later',
  'would-get',
  'changed-since',
  'removed',
  'on-queue',
  'in-poison',
  'dead-letter',
  'nobody-wants',
  'no-subscriptions',
  'account-unknown',
  'never-seen',
] as const;
export type Why = (typeof WHYS)[number];

/** A channel, as people know it. */
export interface AboutChannel {
  readonly id: string;
  readonly account: string;
  readonly name: string;
}

/** One answer. Times are ms since 1970; what is not known is absent. */
export interface Finding {
  readonly why: Why;
  /** Absent where the answer is about the event itself. */
  readonly channel?: AboutChannel | undefined;
  /** When it came, was shown, dropped, put or removed: whichever `why` is about. */
  readonly at?: number | undefined;
  /** Until when it waits; absent: until somebody does something. */
  readonly until?: number | undefined;
  readonly digest?: string | undefined;
  /** Why in the system's own words: an outcome's, a dead letter's, a disabled channel's. */
  readonly reason?: string | undefined;
  /** The dead letter's id and stable reason. */
  readonly letter?: { readonly id: string; readonly because: string } | undefined;
  /** What the event has where the channel chose otherwise, and what it chose. */
  readonly chosen?: { readonly has: string; readonly wants: readonly string[] } | undefined;
  /** It was over its size, and lost parts to fit. */
  readonly isCut?: boolean | undefined;
}

const TROUBLE: readonly Why[] = [
  'unclear',
  'waiting-disabled',
  'dropped-paused',
  'dropped-waited',
  'dropped-too-many',
  'changed-since',
  'in-poison',
  'dead-letter',
  'nobody-wants',
  'no-subscriptions',
  'account-unknown',
  'never-seen',
];

/** True for an answer that an operator may have to do something about. */
export function isTrouble({ why }: Finding): boolean {
  return TROUBLE.includes(why);
}
