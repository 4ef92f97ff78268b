/** A pause with an end: its due row came, the subscription is active again (protocol rule 15). */
import type { DigestJob } from '../schedules/digest-job.ts';
import { createResumeSubscription } from '../subscriptions/resume-subscription.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { SubscriptionChangedError, SubscriptionNotFoundError } from '../subscriptions/subscription-errors.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

/** Resumes, if the pause is the one this job was put for. */
export async function endPause(
  deps: DeliveryDeps,
  job: DigestJob,
  { account, id, state, revision }: Subscription,
): Promise<void> {
  if (state.is !== 'paused' || !('revision' in job) || job.revision !== revision) return;
  try {
    await createResumeSubscription(deps)({ account, id }, revision);
  } catch (error) {
    // Its owner was faster: what they chose holds.
    if (!(error instanceof SubscriptionChangedError || error instanceof SubscriptionNotFoundError)) throw error;
  }
}
