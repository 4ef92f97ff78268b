/** Sends what waits now, whatever the schedule: a wish that the head keeps until it is served (protocol rule 16). */
import { digestJob } from '../schedules/digest-job.ts';
import type { DigestsQueue } from '../schedules/digests-queue.ts';
import { SubscriptionNotFoundError } from './subscription-errors.ts';
import type { SubscriptionKey, SubscriptionsTable } from './subscriptions-table.ts';

/** What sending now needs. */
export interface SendNowDeps {
  readonly subscriptions: Pick<SubscriptionsTable, 'read'>;
  readonly jobs: DigestsQueue;
}

/** Puts the wish. @throws SubscriptionNotFoundError. */
export function createSendNow({ subscriptions, jobs }: SendNowDeps) {
  return async function sendNow(key: SubscriptionKey): Promise<void> {
    if ((await subscriptions.read(key))?.is !== 'present') throw new SubscriptionNotFoundError();
    await jobs.put(digestJob({ account: key.account, subscriptionId: key.id }, { why: 'send-now' }));
  };
}

/** Sends now what waits for one subscription. */
export type SendNow = ReturnType<typeof createSendNow>;
