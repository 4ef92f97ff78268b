/** A pause with an end: its due row came, the subscription is active again (protocol rule 15). */
import type { DigestJob } from '../schedules/digest-job.ts';
import { dueRowOf } from '../subscriptions/due-of-subscription.ts';
import type { StoredSubscription } from '../subscriptions/subscriptions-table.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import type { Stepped } from './leave-word.ts';
import { wakeTwice } from './wake-twice.ts';

/** Resumes, if the pause is the one this job was put for. */
export async function endPause(
  deps: DeliveryDeps,
  job: DigestJob,
  { subscription, etag }: StoredSubscription,
): Promise<Stepped> {
  const { state, revision } = subscription;
  if (state.is !== 'paused' || !('revision' in job) || job.revision !== revision) return 'done';
  const active = { ...subscription, state: { is: 'active' as const }, revision: revision + 1 };
  const written = await deps.subscriptions.replace(active, etag);
  if (!written.done) return 'refused';
  const dueRow = dueRowOf(active, deps.clock.now());
  if (dueRow !== undefined) await deps.due.put(dueRow);
  await wakeTwice(deps.jobs, { account: subscription.account, subscriptionId: subscription.id });
  return 'done';
}
