/** An operator's stop: nothing is posted to a channel until somebody enables it, or a probe at a chosen time succeeds. */
import { type ChangeDeps, changeSubscription } from './change-subscription.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionKey } from './subscriptions-table.ts';

/** A disabled subscription is tried again at some time (protocol rule 15); this far away is as good as never. */
const NEVER_MS = 10 * 366 * 24 * 3_600_000;

/** Why, in words for its owner; `probeAt` (ms since 1970): when its webhook is tried again, absent for not until it is enabled. */
export interface Disabling {
  readonly reason: string;
  readonly probeAt?: number | undefined;
}

/** Disables, whatever state it is in; what arrives waits, as when the webhook is dead. @throws SubscriptionNotFoundError. */
export function createDisableByOperator(deps: ChangeDeps) {
  return async function disableByOperator(key: SubscriptionKey, { reason, probeAt }: Disabling): Promise<Subscription> {
    const since = deps.clock.now();
    const nextProbe = probeAt ?? since + NEVER_MS;
    return changeSubscription(deps, {
      key,
      to: (subscription) => ({ ...subscription, state: { is: 'disabled', reason, since, nextProbe } }),
    });
  };
}

/** True where the next probe is as good as never. */
export function isHeld({ nextProbe, since }: { readonly nextProbe: number; readonly since: number }): boolean {
  return nextProbe - since >= NEVER_MS;
}
