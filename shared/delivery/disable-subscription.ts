/** A dead webhook: the subscription is disabled, tried again daily and then weekly, and enabled by success (design promise 8). */
import { dueRowOf } from '../subscriptions/due-of-subscription.ts';
import type { Subscription, SubscriptionState } from '../subscriptions/subscription.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

const DAY = 24 * 3_600_000;

/** Disables a subscription, with a reason for its owner, and puts the due row of its first probe. */
export async function disableSubscription(
  deps: DeliveryDeps,
  subscription: Subscription,
  reason: string,
): Promise<void> {
  await changeState(deps, subscription, (state) => {
    const now = deps.clock.now();
    if (state.is === 'disabled') return { ...state, reason, probes: state.probes + 1 };
    return state.is === 'active' ? { is: 'disabled', reason, since: now, probes: 0, nextProbe: now + DAY } : undefined;
  });
}

/** The probe went through: the subscription is active again, on its own schedule. */
export async function enableAgain(deps: DeliveryDeps, subscription: Subscription): Promise<void> {
  await changeState(deps, subscription, (state) => (state.is === 'disabled' ? { is: 'active' } : undefined));
}

/** Changes the state as it stands now; `change` gives undefined where there is nothing to do. The row first, then its due row (rule 4). */
export async function changeState(
  { subscriptions, due, clock }: Pick<DeliveryDeps, 'subscriptions' | 'due' | 'clock'>,
  key: Pick<Subscription, 'account' | 'id'>,
  change: (state: SubscriptionState) => SubscriptionState | undefined,
): Promise<void> {
  for (;;) {
    const row = await subscriptions.read(key);
    if (row?.is !== 'present') return;
    const state = change(row.subscription.state);
    if (state === undefined) return;
    const isSameDuty = state.is === row.subscription.state.is;
    const changed = { ...row.subscription, state, revision: row.subscription.revision + (isSameDuty ? 0 : 1) };
    const written = await subscriptions.replace(changed, row.etag);
    if (!written.done) continue;
    const dueRow = dueRowOf(changed, clock.now());
    if (dueRow !== undefined && !isSameDuty) await due.put(dueRow);
    return;
  }
}
