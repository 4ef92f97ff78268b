/** Gives a subscription to another owner, in the place of those who had it. */
import type { Person } from '../identity/person.ts';
import { type ChangeDeps, changeSubscription } from './change-subscription.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionKey } from './subscriptions-table.ts';

/** Transfers. Whoever holds the channel's key in Teams or Outlook can join again, as any owner of that channel. @throws SubscriptionNotFoundError. */
export function createTransferSubscription(deps: ChangeDeps) {
  return async function transferSubscription(key: SubscriptionKey, person: Person): Promise<Subscription> {
    return changeSubscription(deps, { key, to: (subscription) => ({ ...subscription, owners: [person] }) });
  };
}
