/** Returns a digest: its events wait in the inbox again, every step restartable (protocol rule 14). */
import { type CurrentDigest, digestIdOf } from '../digests/digest.ts';
import type { StoredDigest } from '../digests/digests-table.ts';
import { inBatches } from '../digests/freeze.ts';
import type { Head } from '../digests/head.ts';
import { pageTime } from '../events/page.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import { disableSubscription, isDead } from './disable-subscription.ts';
import { freeAfterReturn, withDigest } from './free-channel.ts';
import { recordAttempt } from './record-attempt.ts';
import type { Turn } from './turn.ts';

/** Why a digest is returned. */
export interface Returning {
  readonly subscription: Subscription;
  readonly record: StoredDigest | undefined;
  readonly because: 'gone' | 'used-up';
  readonly reason?: string | undefined;
}

/**
 * Marks it `returning`, opens its pages, marks its row `returned`, then frees the channel. In this order: while the head
 * says `returning` nothing else can be frozen, and once the row says `returned` its identities do not count.
 */
export async function returnDigest(
  deps: DeliveryDeps,
  turn: Turn,
  { subscription, record, because, reason }: Returning,
): Promise<void> {
  const { digest } = turn.head;
  if (digest === undefined) return;
  const openFrom = Math.min(
    turn.head.openFrom,
    digest.firstPage === undefined ? turn.head.openFrom : pageTime(digest.firstPage),
  );
  await turn.write((head) => ({ ...withDigest(head, { state: 'returning' }), openFrom }));
  await openPages(deps, turn, subscription.id, digest);
  if (record !== undefined) {
    await recordAttempt(deps.digests, {
      subscriptionId: subscription.id,
      digest,
      record,
      content: undefined,
      attempt: undefined,
      state: 'returned',
    });
  }
  const { failingSince = deps.clock.now() } = turn.head.health;
  const health: Head['health'] = { failingSince, reason: reason ?? turn.head.health.reason };
  const dead = isDead(because, failingSince, deps.clock.now());
  if (dead)
    await disableSubscription(deps, subscription, health.reason ?? 'The webhook did not take cards for five days.');
  // What the subscription's state says from now on; the webhook that its owner gives it next has five days of its own.
  await freeAfterReturn(deps, turn, subscription, dead ? { ...health, failingSince: undefined } : health);
}

async function openPages(
  { inbox }: DeliveryDeps,
  turn: Turn,
  subscriptionId: string,
  digest: CurrentDigest,
): Promise<void> {
  const digestId = digestIdOf(subscriptionId, digest.sequence);
  const claimed = inbox.listPages({
    subscriptionId,
    digestId,
    from: digest.from,
    to: digest.lastPage,
    columns: 'identities',
  });
  for await (const batch of inBatches(claimed)) {
    await turn.write(
      (head) => head,
      batch.map(({ key }) => ({ key, digestId: undefined, skip: undefined })),
    );
  }
}
