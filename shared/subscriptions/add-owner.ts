/** Hands a subscription over to another owner of the same channel: they join those who have it. */
import { isAmong, type Person } from '../identity/person.ts';
import { type ChangeDeps, changeSubscription } from './change-subscription.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionKey } from './subscriptions-table.ts';

/** A row's property ends at 32 Ki characters; who joined first goes first, when so many have come and gone. */
const MAX_OWNERS = 100;

/** Adds an owner; harmless for one who is among them. @throws SubscriptionNotFoundError. */
export function createAddOwner(deps: ChangeDeps) {
  return async function addOwner(key: SubscriptionKey, person: Person): Promise<Subscription> {
    return changeSubscription(deps, {
      key,
      to: (subscription) =>
        isAmong(person, subscription.owners)
          ? undefined
          : { ...subscription, owners: [...subscription.owners, person].slice(-MAX_OWNERS) },
    });
  };
}

/** Adds an owner. */
export type AddOwner = ReturnType<typeof createAddOwner>;
