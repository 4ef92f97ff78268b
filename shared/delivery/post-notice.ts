/** Tells another channel of the same owner that one was disabled: where its owner wants that, once for each time (design promise 8). */
import type { Notice } from '../cards/render-notice.ts';
import { isAmong } from '../identity/person.ts';
import type { DigestJob } from '../schedules/digest-job.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Webhook } from '../subscriptions/webhook.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import { hasArrived, postAside, withNoticed } from './post-aside.ts';

/** While something else is posted there, the notice comes back after this long; after a failure later. */
const AGAIN_MS = 30_000;
const AFTER_FAILURE_MS = 10 * 60_000;
/** Then it is no news any more. */
const NEWS_FOR_MS = 24 * 3_600_000;

/** Draws a card that is no digest. */
export type DrawNotice = (notice: Notice, subscription: Subscription, webhook: Webhook) => string;

/** What notices need besides: their drawing. */
export interface NoticeDeps extends DeliveryDeps {
  readonly drawNotice: DrawNotice;
}

/** Handles a job that asks for one. Owners, states and the wish are looked at when it is posted, not when it was asked for. */
export function createPostNotice(deps: NoticeDeps) {
  const { subscriptions, heads, jobs, clock } = deps;

  return async function postNotice(job: Extract<DigestJob, { why: 'notice' }>): Promise<void> {
    const { account, subscriptionId, about, since } = job;
    const [row, dead, stored] = await Promise.all([
      subscriptions.read({ account, id: subscriptionId }),
      subscriptions.read({ account, id: about }),
      heads.read(subscriptionId),
    ]);
    if (row?.is !== 'present' || dead?.is !== 'present' || clock.now() - since > NEWS_FOR_MS) return;
    const { subscription } = row;
    const { state, target } = dead.subscription;
    const key = `${about}.${since}`;
    if (state.is !== 'disabled' || state.since !== since || stored.head.noticed?.includes(key)) return;
    if (subscription.state.is !== 'active' || !mayNotify(dead.subscription, subscription)) return;

    const notice: Notice = { is: 'disabled', name: target.name, reason: state.reason, since };
    const outcome = await postAside(deps, {
      what: 'notice',
      subscription,
      stored,
      draw: (webhook) => deps.drawNotice(notice, subscription, webhook),
      posted: (head) => withNoticed(head, key),
    });
    if (outcome === 'busy') return jobs.put(job, AGAIN_MS);
    if (!hasArrived(outcome) && outcome.is !== 'unclear') await jobs.put(job, AFTER_FAILURE_MS);
  };
}

/** True when the one names the other, and one person owns both. */
export function mayNotify({ noticeTo, owners, id }: Subscription, other: Subscription): boolean {
  if (noticeTo !== other.id || id === other.id) return false;
  return owners.some((owner) => isAmong(owner, other.owners));
}
