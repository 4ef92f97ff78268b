/**
 * "All quiet": a short card that keeps a flow switched on, since Power Automate switches idle ones off after 90 days (design
 * promise 9; docs/microsoft.md, "Workflows"). A paused channel gets it too: paused for a season, it would otherwise not come back.
 */
import type { Head } from '../digests/head.ts';
import type { DigestJob } from '../schedules/digest-job.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { postAside } from './post-aside.ts';
import type { NoticeDeps } from './post-notice.ts';

/** Two days before the 60 that were promised: the net comes by each hour, and a webhook that fails gets some forty tries. */
const QUIET_AFTER_MS = 58 * 24 * 3_600_000;

/** Since when nothing was posted, if that is long enough for a card; undefined where none is due. A dead webhook gets probes. */
export function quietSince(subscription: Subscription, head: Head, now: number): number | undefined {
  if (!canBeQuiet(subscription, now)) return undefined;
  const { health, welcomedAt, quietAt } = head;
  const since = Math.max(subscription.createdAt, health.lastDeliveredAt ?? 0, welcomedAt ?? 0, quietAt ?? 0);
  return now - since >= QUIET_AFTER_MS ? since : undefined;
}

/** False where the head need not be looked at. */
export function canBeQuiet({ target, state, createdAt }: Subscription, now: number): boolean {
  return target.kind === 'workflow' && state.is !== 'disabled' && now - createdAt >= QUIET_AFTER_MS;
}

/** Handles a job that asks for one: still quiet, it is posted. One that fails is asked for again by the next net. */
export function createPostQuiet(deps: NoticeDeps) {
  const { subscriptions, heads, clock } = deps;

  return async function postQuiet({ account, subscriptionId }: DigestJob): Promise<void> {
    const [row, stored] = await Promise.all([
      subscriptions.read({ account, id: subscriptionId }),
      heads.read(subscriptionId),
    ]);
    if (row?.is !== 'present') return;
    const { subscription } = row;
    const since = quietSince(subscription, stored.head, clock.now());
    if (since === undefined) return;
    const notice = { is: 'quiet', since, paused: subscription.state.is === 'paused' } as const;
    await postAside(deps, {
      what: 'quiet',
      subscription,
      stored,
      draw: (webhook) => deps.drawNotice(notice, subscription, webhook),
      posted: (head) => ({ ...head, quietAt: clock.now() }),
    });
  };
}
