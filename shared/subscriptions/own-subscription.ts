/** A subscription as its owner may have it. */
import { isAmong } from '../identity/person.ts';
import type { Session } from '../identity/session.ts';
import { opensChannel } from './channel-key.ts';
import type { Subscription } from './subscription.ts';
import { SubscriptionNotFoundError } from './subscription-errors.ts';
import { isSubscriptionId } from './subscription-id.ts';
import type { SubscriptionsTable } from './subscriptions-table.ts';

/** True when the person is among its owners, or presents its channel's key. The account is for who asks to look at. */
export function mayHave(subscription: Subscription, session: Session, channelKey: string | null): boolean {
  const isOwner = isAmong(session.person, subscription.owners);
  return isOwner || opensChannel(channelKey, session, subscription);
}

/** Reads the subscription with this id, if it is the account's and the person may have it. @throws SubscriptionNotFoundError. */
export function createReadOwnSubscription({ read }: Pick<SubscriptionsTable, 'read'>) {
  return async function readOwnSubscription(
    session: Session,
    id: string,
    channelKey: string | null = null,
  ): Promise<Subscription> {
    const row = isSubscriptionId(id) ? await read({ account: session.account, id }) : undefined;
    if (row?.is !== 'present' || !mayHave(row.subscription, session, channelKey)) throw new SubscriptionNotFoundError();
    return row.subscription;
  };
}

/** Reads one's own subscription. */
export type ReadOwnSubscription = ReturnType<typeof createReadOwnSubscription>;
