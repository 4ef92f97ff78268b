/** A subscription as its owner may have it. */
import { isSamePerson } from '../identity/person.ts';
import type { Session } from '../identity/session.ts';
import type { Subscription } from './subscription.ts';
import { SubscriptionNotFoundError } from './subscription-errors.ts';
import { isSubscriptionId } from './subscription-id.ts';
import type { SubscriptionsTable } from './subscriptions-table.ts';

/** Reads the subscription with this id, if it is the account's and the person is among its owners. @throws SubscriptionNotFoundError. */
export function createReadOwnSubscription({ read }: Pick<SubscriptionsTable, 'read'>) {
  return async function readOwnSubscription({ account, person }: Session, id: string): Promise<Subscription> {
    const row = isSubscriptionId(id) ? await read({ account, id }) : undefined;
    if (row?.is !== 'present') throw new SubscriptionNotFoundError();
    if (!row.subscription.owners.some((owner) => isSamePerson(owner, person))) throw new SubscriptionNotFoundError();
    return row.subscription;
  };
}

/** Reads one's own subscription. */
export type ReadOwnSubscription = ReturnType<typeof createReadOwnSubscription>;
