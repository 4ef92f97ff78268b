/** Posts a card that is no digest (a welcome, a notice, "all quiet") under the lease and with a pacing slot, as every POST. */
import type { Head } from '../digests/head.ts';
import type { StoredHead } from '../digests/head-table.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Webhook } from '../subscriptions/webhook.ts';
import { countPost } from './count-post.ts';
import { type DeliveryDeps, pacerOf } from './delivery-deps.ts';
import { disableSubscription, isDead } from './disable-subscription.ts';
import { freeChannel } from './free-channel.ts';
import { failing } from './note-attempt.ts';
import { type Outcome, readOutcome } from './outcome.ts';
import { nextSlot, withLastSlotAt, withSlot } from './pacing.ts';
import { takeTurn } from './turn.ts';

/** A card beside the digests. */
export interface Aside {
  /** For the log. */
  readonly what: 'welcome' | 'notice' | 'quiet' | 'resend';
  readonly subscription: Subscription;
  readonly stored: StoredHead;
  readonly draw: (webhook: Webhook) => string;
  /** Written with the lease, before the POST. */
  readonly intent?: (head: Head) => Head;
  /** Written with the release, when the card is out, or nobody knows. */
  readonly posted?: (head: Head) => Head;
}

/**
 * Posts it, unless something else is under way there or the windows are full. Digests that come meanwhile wait for the release.
 * A webhook that turns out to be dead is disabled as by a digest.
 */
export async function postAside(deps: DeliveryDeps, aside: Aside): Promise<Outcome | 'busy'> {
  const { clock, times } = deps;
  const { what, subscription, stored, draw, intent = same, posted = same } = aside;
  const webhook = await deps.openWebhook(subscription);
  if (!isFree(deps, stored.head, webhook)) return 'busy';
  const turn = await takeTurn(deps, {
    subscriptionId: subscription.id,
    stored,
    change: (head) => withSlot(intent(head), pacerOf(deps)),
  });
  if (turn === undefined) return 'busy';
  const answer = await deps.postCard(webhook, draw(webhook), times.postMs);
  const ended = clock.realNow();
  const outcome = readOutcome(webhook.kind, answer);
  const known = hasArrived(outcome) || outcome.is === 'unclear';
  turn.later((head) => withLastSlotAt(known ? posted(head) : head, ended));
  deps.log.info('card posted', {
    what,
    subscriptionId: subscription.id,
    outcome: outcome.is,
    status: outcome.status,
  });
  countPost(deps.telemetry, { card: what, kind: webhook.kind, outcome });
  const health = healthAfter(deps, turn.head, outcome);
  if (isDead(outcome.is === 'gone' ? 'gone' : 'used-up', health.failingSince, clock.now()))
    await disableSubscription(deps, subscription, outcome.reason ?? '');
  await freeChannel(deps, turn, subscription, health);
  return outcome;
}

/** True when the webhook took the card. */
export function hasArrived({ is }: Outcome): boolean {
  return is === 'delivered' || is === 'accepted';
}

/** Remembered, so that a job seen twice posts one card. */
const MAX_REMEMBERED = 20;

/** The head once a card of this key is out: `noticed` has it. */
export function withNoticed(head: Head, key: string): Head {
  return { ...head, noticed: [...(head.noticed ?? []), key].slice(-MAX_REMEMBERED) };
}

function isFree(deps: DeliveryDeps, head: Head, { kind }: Webhook): boolean {
  const pacer = pacerOf(deps);
  const held = head.lease !== undefined && pacer.now < head.lease.ends + deps.times.takeoverMs;
  return !held && head.digest === undefined && nextSlot(kind, head, pacer) <= pacer.now;
}

function healthAfter(deps: DeliveryDeps, head: Head, outcome: Outcome): Head['health'] {
  if (hasArrived(outcome)) return { lastDeliveredAt: deps.clock.now(), failingSince: undefined, reason: undefined };
  if (outcome.is === 'unclear') return head.health; // not known to fail either
  return failing(deps, head, outcome.reason);
}

function same(head: Head): Head {
  return head;
}
