/** The first card of a channel: who set it up, what comes, when first. Posted once at most; that it may not arrive is no loss. */
import type { Head } from '../digests/head.ts';
import type { DigestJob } from '../schedules/digest-job.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Webhook } from '../subscriptions/webhook.ts';
import { type DeliveryDeps, pacerOf } from './delivery-deps.ts';
import { freeChannel } from './free-channel.ts';
import { type Outcome, readOutcome } from './outcome.ts';
import { nextSlot, withLastSlotAt, withSlot } from './pacing.ts';
import { takeTurn } from './turn.ts';

/** While something else is posted, the welcome comes back after this long, and is left out once it would be no news. */
const AGAIN_MS = 30_000;
const NEWS_FOR_MS = 10 * 60_000;

/** What a welcome needs besides: its drawing. */
export interface WelcomeDeps extends DeliveryDeps {
  readonly drawWelcome: (subscription: Subscription, webhook: Webhook) => string;
}

/** Posts it under the lease, with a pacing slot, as every POST. Digests that come meanwhile wait for the release. */
export function createPostWelcome(deps: WelcomeDeps) {
  const { subscriptions, heads, jobs, clock, times } = deps;

  return async function postWelcome(job: DigestJob): Promise<void> {
    const { account, subscriptionId } = job;
    const [row, stored] = await Promise.all([
      subscriptions.read({ account, id: subscriptionId }),
      heads.read(subscriptionId),
    ]);
    if (row?.is !== 'present' || row.subscription.state.is !== 'active' || stored.head.welcomedAt !== undefined) return;
    const { subscription } = row;
    if (clock.now() - subscription.createdAt > NEWS_FOR_MS) return;

    const webhook = await deps.openWebhook(subscription);
    const turn = isFree(stored.head, webhook)
      ? await takeTurn(deps, { subscriptionId, stored, change: (head) => withWelcome(head) })
      : undefined;
    if (turn === undefined) return jobs.put(job, AGAIN_MS);
    const answer = await deps.postCard(webhook, deps.drawWelcome(subscription, webhook), times.postMs);
    const ended = clock.realNow();
    turn.later((head) => withLastSlotAt(head, ended));
    const outcome = readOutcome(webhook.kind, answer);
    deps.log.info('welcome posted', { subscriptionId, outcome: outcome.is, status: outcome.status });
    await freeChannel(deps, turn, subscription, healthAfter(outcome));
  };

  function isFree(head: Head, { kind }: Webhook): boolean {
    const pacer = pacerOf(deps);
    return head.lease === undefined && head.digest === undefined && nextSlot(kind, head, pacer) <= pacer.now;
  }

  function withWelcome(head: Head): Head {
    return withSlot({ ...head, welcomedAt: clock.now() }, pacerOf(deps));
  }

  function healthAfter(outcome: Outcome): Head['health'] {
    const isOut = outcome.is === 'delivered' || outcome.is === 'accepted';
    return isOut ? { lastDeliveredAt: clock.now() } : { failingSince: clock.now(), reason: outcome.reason };
  }
}
