/** A change of a subscription, whoever asks for it: the row as it stands now first, then its due row (protocol rule 4). */
import type { Clock } from '../platform/clock.ts';
import type { DueTable } from '../schedules/due-table.ts';
import { dueRowOf } from './due-of-subscription.ts';
import type { ChangedBy } from './news-of-change.ts';
import type { Subscription } from './subscription.ts';
import { SubscriptionChangedError, SubscriptionNotFoundError } from './subscription-errors.ts';
import type { SubscriptionKey, SubscriptionsTable } from './subscriptions-table.ts';
import type { TellProduct } from './tell-product.ts';

/** What every change needs. */
export interface ChangeDeps {
  readonly subscriptions: Pick<SubscriptionsTable, 'read' | 'replace'>;
  readonly due: Pick<DueTable, 'put'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly tellProduct: Pick<TellProduct, 'note' | 'tell'>;
}

/** A change of one subscription. */
export interface Change {
  readonly key: SubscriptionKey;
  /** The revision that the caller saw; undefined: whichever there is. */
  readonly ifRevision?: number | undefined;
  /** What becomes of it, without the revision, which grows by one; undefined: it is so already. */
  readonly to: (subscription: Subscription) => Subscription | undefined;
  /** Who changes it; by default its owner. */
  readonly by?: ChangedBy;
}

/**
 * Makes the change, and gives the subscription after it. Stopped between row and due row, the job of the older row puts the
 * new one, or the hourly net does; doing it again puts it too, and tells the product what it was not told.
 * @throws SubscriptionNotFoundError or SubscriptionChangedError.
 */
export async function changeSubscription(
  { subscriptions, due, clock, tellProduct }: ChangeDeps,
  { key, ifRevision, to, by }: Change,
): Promise<Subscription> {
  for (;;) {
    const row = await subscriptions.read(key);
    if (row?.is !== 'present') throw new SubscriptionNotFoundError();
    const { subscription } = row;
    if (ifRevision !== undefined && ifRevision !== subscription.revision)
      throw new SubscriptionChangedError(subscription.revision);
    const next = to(subscription);
    const changed =
      next === undefined
        ? subscription
        : tellProduct.note(subscription, { ...next, revision: subscription.revision + 1 }, by);
    if (next !== undefined && !(await subscriptions.replace(changed, row.etag)).done) continue;
    const dueRow = dueRowOf(changed, clock.now());
    if (dueRow !== undefined) await due.put(dueRow);
    await tellProduct.tell(changed);
    return changed;
  }
}
