/** When a job cannot act now: it leaves word in the head, and comes back if nobody else will (protocol rules 6, 12, 13). */

import type { Head } from '../digests/head.ts';
import type { StoredHead } from '../digests/head-table.ts';
import { withWord } from '../digests/next-step.ts';
import type { DigestJob } from '../schedules/digest-job.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

/**
 * A hidden job must be at least this far from showing to be relied on (rule 13): a second, and what clocks may differ by, since
 * `wake` is another process's instant. By a clock that is behind, a job that was shown and has ended is still to come.
 */
const RELIABLE_MS = 61_000;

/** A step that was `refused` wrote nothing: somebody else changed the head first. */
export type Stepped = 'done' | 'refused';

/** A job at a channel. */
export interface AtChannel {
  readonly job: DigestJob;
  readonly subscription: Subscription;
  readonly stored: StoredHead;
}

/** Keeps the job's wish in the head, for whoever frees it. */
export async function leaveWord({ heads }: DeliveryDeps, { job, subscription, stored }: AtChannel): Promise<Stepped> {
  const head = withWord(stored.head, job, subscription.revision);
  if (isSame(head, stored.head)) return 'done';
  const { done } = await heads.write(job.subscriptionId, head, stored.etag);
  return done ? 'done' : 'refused';
}

/**
 * Hides the job until an instant of the machine's clock, and leaves word. Where an earlier hidden job can be relied on, word
 * is enough. The job goes first, then `wake`: a wake without a job would strand the channel.
 */
export async function hideJob(
  deps: DeliveryDeps,
  { job, subscription, stored, until }: AtChannel & { readonly until: number },
): Promise<Stepped> {
  const { heads, jobs, clock } = deps;
  const { wake } = stored.head;
  // The job that shows now is no reason to rely on itself, even where another's clock says that it is still hidden.
  const reliable =
    wake !== undefined && wake !== job.hiddenUntil && wake >= clock.realNow() + RELIABLE_MS && wake <= until;
  if (reliable) return leaveWord(deps, { job, subscription, stored });
  const hiddenUntil = Math.round(until);
  await jobs.put({ ...job, hiddenUntil }, hiddenUntil - clock.realNow());
  const { done } = await heads.write(
    job.subscriptionId,
    { ...withWord(stored.head, job, subscription.revision), wake: hiddenUntil },
    stored.etag,
  );
  return done ? 'done' : 'refused';
}

function isSame(a: Head, b: Head): boolean {
  return a.again === b.again && JSON.stringify(a.asked) === JSON.stringify(b.asked);
}
