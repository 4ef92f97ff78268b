/** The first card of a channel: who set it up, what comes, when first. Posted once at most; that it may not arrive is no loss. */
import type { DigestJob } from '../schedules/digest-job.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Webhook } from '../subscriptions/webhook.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import { postAside } from './post-aside.ts';

/** While something else is posted, the welcome comes back after this long, and is left out once it would be no news. */
const AGAIN_MS = 30_000;
const NEWS_FOR_MS = 10 * 60_000;

/** What a welcome needs besides: its drawing. */
export interface WelcomeDeps extends DeliveryDeps {
  readonly drawWelcome: (subscription: Subscription, webhook: Webhook) => string;
}

/** Handles a job that asks for one. */
export function createPostWelcome(deps: WelcomeDeps) {
  const { subscriptions, heads, jobs, clock } = deps;

  return async function postWelcome(job: DigestJob): Promise<void> {
    const { account, subscriptionId } = job;
    const [row, stored] = await Promise.all([
      subscriptions.read({ account, id: subscriptionId }),
      heads.read(subscriptionId),
    ]);
    if (row?.is !== 'present' || row.subscription.state.is !== 'active' || stored.head.welcomedAt !== undefined) return;
    const { subscription } = row;
    if (clock.now() - subscription.createdAt > NEWS_FOR_MS) return;
    const outcome = await postAside(deps, {
      what: 'welcome',
      subscription,
      stored,
      draw: (webhook) => deps.drawWelcome(subscription, webhook),
      intent: (head) => ({ ...head, welcomedAt: clock.now() }),
    });
    if (outcome === 'busy') await jobs.put(job, AGAIN_MS);
  };
}
