/** A dead webhook: the subscription is disabled, tried again daily and then weekly, and enabled by success (design promise 8). */
import { wakeNow, wakeOnceCachesKnow } from '../schedules/wake-twice.ts';
import { changeSubscription } from '../subscriptions/change-subscription.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { SubscriptionChangedError, SubscriptionNotFoundError } from '../subscriptions/subscription-errors.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

const DAY = 24 * 3_600_000;
/** A webhook that failed for this long is dead, where it did not say that it has gone. */
const DEAD_AFTER_MS = 5 * DAY;

/** True when a webhook that fails is to be given up: at once when it has gone. */
export function isDead(because: 'gone' | 'used-up', failingSince: number | undefined, now: number): boolean {
  return because === 'gone' || (failingSince !== undefined && now - failingSince >= DEAD_AFTER_MS);
}

/**
 * Disables a subscription, with a reason for its owner, and puts the due row of its first probe. Not where its owner changed it
 * meanwhile: it may have another webhook, which nobody has tried.
 */
export async function disableSubscription(
  deps: DeliveryDeps,
  subscription: Subscription,
  reason: string,
): Promise<void> {
  const since = deps.clock.now();
  await unlessOwned(
    changeSubscription(deps, {
      key: subscription,
      ifRevision: subscription.revision,
      by: 'delivery',
      to: (row) =>
        row.state.is === 'active'
          ? { ...row, state: { is: 'disabled', reason, since, nextProbe: since + DAY } }
          : undefined,
    }).then(() => deps.telemetry.count('tidings.subscriptions.disabled', 1, { kind: subscription.target.kind })),
  );
}

/**
 * The probe went through: the subscription is active again, on its own schedule. Events that came while it was disabled woke
 * nobody, those during the probe among them: a job looks for them after the change, however long that took to be written. A
 * hidden one goes first, so that stopping loses no wake.
 */
export async function enableAgain(deps: DeliveryDeps, subscription: Subscription): Promise<void> {
  const channel = { account: subscription.account, subscriptionId: subscription.id };
  await wakeOnceCachesKnow(deps.jobs, channel);
  await seeToDueRow(deps, subscription);
  await wakeNow(deps.jobs, channel);
}

/** Enables it if it is disabled, and puts its due row whether it is there or not: whoever died may not have come to it. */
export async function seeToDueRow(deps: DeliveryDeps, subscription: Subscription): Promise<void> {
  await unlessOwned(
    changeSubscription(deps, {
      key: subscription,
      by: 'delivery',
      to: (row) => (row.state.is === 'disabled' ? { ...row, state: { is: 'active' } } : undefined),
    }),
  );
}

/** What an owner did meanwhile holds. */
async function unlessOwned(change: Promise<unknown>): Promise<void> {
  try {
    await change;
  } catch (error) {
    const isOwners = error instanceof SubscriptionNotFoundError || error instanceof SubscriptionChangedError;
    if (!isOwners) throw error;
  }
}
