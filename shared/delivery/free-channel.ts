/** Ends a turn: the jobs for all that is left go first, then the lease (protocol rules 11, 13). */

import { digestIdOf } from '../digests/digest.ts';
import type { Head } from '../digests/head.ts';
import { digestJob } from '../schedules/digest-job.ts';
import { isImmediate, type Subscription } from '../subscriptions/subscription.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import type { Turn } from './turn.ts';

/** An immediate channel whose digest was returned looks again after this long (rule 14). */
const AFTER_RETURN_MS = 3_600_000;

type Health = Head['health'];

/** Frees the channel after success: whoever left word gets a job. */
export async function freeChannel(
  { jobs }: DeliveryDeps,
  turn: Turn,
  subscription: Subscription,
  health: Health,
): Promise<void> {
  await turn.release(
    (head) => ({ ...head, digest: undefined, again: false, health: { ...head.health, ...health } }),
    async (head) => {
      if (head.again || head.asked !== undefined) await jobs.put(digestJob(channelOf(subscription), { why: 'look' }));
    },
  );
}

/** Frees the channel until the digest's next attempt; word that was left stays for then. */
export async function waitForRetry(
  deps: DeliveryDeps,
  turn: Turn,
  subscription: Subscription,
  waiting: { nextAttemptAt: number; health: Health },
): Promise<void> {
  const { jobs, clock } = deps;
  const { digest } = turn.head;
  if (digest === undefined) return freeChannel(deps, turn, subscription, waiting.health);
  const hiddenForMs = Math.max(0, (waiting.nextAttemptAt - clock.now()) / clock.rate());
  const wake = Math.round(clock.realNow() + hiddenForMs);
  const digestId = digestIdOf(subscription.id, digest.sequence);
  const job = digestJob(channelOf(subscription), { why: 'retry', digestId, attempt: digest.attempt + 1 });
  let put = false;
  await turn.release(
    (head) => ({
      ...withDigest(head, { state: 'frozen', nextAttemptAt: waiting.nextAttemptAt }),
      wake,
      health: { ...head.health, ...waiting.health },
    }),
    async () => {
      if (!put) await jobs.put({ ...job, hiddenUntil: wake }, hiddenForMs);
      put = true;
    },
  );
}

/** Frees the channel after a return: its events wait for the next due time, or for an hour. */
export async function freeAfterReturn(
  { jobs }: DeliveryDeps,
  turn: Turn,
  subscription: Subscription,
  health: Health,
): Promise<void> {
  let put = false;
  await turn.release(
    (head) => ({
      ...withShownUrgent(head, head.digest?.alreadyShown), // the digest that says so is still to come
      digest: undefined,
      again: false,
      health: { ...head.health, ...health },
    }),
    async (head) => {
      if (put || !(isImmediate(subscription.schedule) || head.again || head.asked !== undefined)) return;
      await jobs.put(digestJob(channelOf(subscription), { why: 'look' }), AFTER_RETURN_MS);
      put = true;
    },
  );
}

/** The head with more events that an urgent card has shown, of which the next digest is to say so. */
export function withShownUrgent(head: Head, count: number | undefined): Head {
  return count === undefined || count === 0 ? head : { ...head, shownUrgent: (head.shownUrgent ?? 0) + count };
}

/** The head with its digest changed. */
export function withDigest(head: Head, change: Partial<NonNullable<Head['digest']>>): Head {
  return head.digest === undefined ? head : { ...head, digest: { ...head.digest, ...change } };
}

function channelOf({ account, id }: Subscription) {
  return { account, subscriptionId: id };
}
