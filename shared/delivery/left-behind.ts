/** Work that nothing will wake: an unfinished digest, a wish, or open pages of a channel that is told at once, and no job in sight. */
import { LATE_WRITE_MS } from '../digests/claim-pages.ts';
import type { Head } from '../digests/head.ts';
import { firstKeyAt } from '../events/page.ts';
import { isImmediate, type Subscription } from '../subscriptions/subscription.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

/** A retry this late will not come by itself: its job was lost. */
const LOST_AFTER_MS = 15 * 60_000;

/** True when a job is missing. Where one is only slow, another one does no harm. */
export async function isLeftBehind(deps: DeliveryDeps, subscription: Subscription): Promise<boolean> {
  if (subscription.state.is !== 'active') return false;
  const { clock, times } = deps;
  const { head } = await deps.heads.read(subscription.id);
  if (head.lease !== undefined) return clock.realNow() > head.lease.ends + times.takeoverMs;
  if (head.digest !== undefined) return clock.now() > (head.digest.nextAttemptAt ?? 0) + LOST_AFTER_MS * clock.rate();
  return isAskedFor(head, subscription) || hasOpenPages(deps, head, subscription);
}

/** A due time of an older revision is nobody's wish any more. */
function isAskedFor({ asked }: Head, { revision }: Subscription): boolean {
  return asked !== undefined && (asked.now || asked.due?.revision === revision);
}

async function hasOpenPages(
  { inbox, clock }: DeliveryDeps,
  head: Head,
  { id, schedule, urgentSeverity }: Subscription,
): Promise<boolean> {
  const urgency = isImmediate(schedule) ? undefined : 'urgent';
  if (urgency === 'urgent' && urgentSeverity === null) return false;
  const from = firstKeyAt(head.openFrom - LATE_WRITE_MS * clock.rate());
  for await (const _ of inbox.listPages({ subscriptionId: id, from, urgency, columns: 'identities' })) return true;
  return false;
}
