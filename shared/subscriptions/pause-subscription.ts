/** Pauses a subscription: until resumed or until a date, keeping or dropping what arrives (protocol rule 15). */
import { type ChangeDeps, changeSubscription } from './change-subscription.ts';
import type { Subscription, SubscriptionState } from './subscription.ts';
import type { SubscriptionKey } from './subscriptions-table.ts';

/** How to pause: `until` in milliseconds since 1970. */
export interface Pause {
  readonly arriving: 'keep' | 'drop';
  readonly until?: number | undefined;
}

/** Pauses. What came before is kept, and a digest that is unfinished goes on when the pause ends; nobody has to be woken. */
export function createPauseSubscription(deps: ChangeDeps) {
  return async function pauseSubscription(
    key: SubscriptionKey,
    { arriving, until }: Pause,
    ifRevision?: number,
  ): Promise<Subscription> {
    const state: SubscriptionState = { is: 'paused', arriving, ...(until === undefined ? {} : { until }) };
    return changeSubscription(deps, { key, ifRevision, to: (subscription) => ({ ...subscription, state }) });
  };
}

/** Pauses one subscription. */
export type PauseSubscription = ReturnType<typeof createPauseSubscription>;
