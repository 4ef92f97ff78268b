/** Resumes a paused or disabled subscription (protocol rule 15). */
import type { DigestsQueue } from '../schedules/digests-queue.ts';
import { wakeNow, wakeOnceCachesKnow } from '../schedules/wake-twice.ts';
import { type ChangeDeps, changeSubscription } from './change-subscription.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionKey } from './subscriptions-table.ts';

/** What resuming needs. */
export interface ResumeDeps extends ChangeDeps {
  readonly jobs: DigestsQueue;
}

/**
 * Resumes. The hidden job first, then row and due row, then the job for now: stopped after the row, the hidden one still wakes
 * what waits; stopped before it, that job finds the channel asleep and ends.
 */
export function createResumeSubscription(deps: ResumeDeps) {
  return async function resumeSubscription(key: SubscriptionKey, ifRevision?: number): Promise<Subscription> {
    const channel = { account: key.account, subscriptionId: key.id };
    await wakeOnceCachesKnow(deps.jobs, channel);
    const resumed = await changeSubscription(deps, {
      key,
      ifRevision,
      to: (subscription) =>
        subscription.state.is === 'active' ? undefined : { ...subscription, state: { is: 'active' } },
    });
    await wakeNow(deps.jobs, channel);
    return resumed;
  };
}

/** Resumes one subscription. */
export type ResumeSubscription = ReturnType<typeof createResumeSubscription>;
