/** Which due row a subscription has: at most one, by its state and schedule (protocol rules 3, 4, 15). */
import { type DueRow, type Duty, nextDueAt } from '../schedules/due-row.ts';
import type { Subscription } from './subscription.ts';

/** What its due row is for; undefined when it has none. */
export function dutyOf({ state, schedule }: Pick<Subscription, 'state' | 'schedule'>): Duty | undefined {
  switch (state.is) {
    case 'active':
      return schedule.every === 'now' ? undefined : { is: 'schedule', schedule };
    case 'paused':
      return state.until === undefined ? undefined : { is: 'pause-over', at: state.until };
    case 'disabled':
      return { is: 'probe', since: state.since, at: state.nextProbe };
  }
}

/** Its due row as of `now`: the first time after it. */
export function dueRowOf(
  subscription: Pick<Subscription, 'id' | 'account' | 'state' | 'schedule' | 'revision'>,
  now: number,
): DueRow | undefined {
  const duty = dutyOf(subscription);
  // A pause whose end has passed is over at once, not never.
  const after = duty?.is === 'pause-over' ? Math.min(now, duty.at - 1) : now;
  const dueAt = duty === undefined ? undefined : nextDueAt(duty, after);
  if (duty === undefined || dueAt === undefined) return undefined;
  return {
    account: subscription.account,
    subscriptionId: subscription.id,
    dueAt,
    revision: subscription.revision,
    duty,
  };
}
