/**
 * What a job on the `digests` queue does: looks at the channel, and moves its digest one step.
 *
 * A digest goes `freezing → frozen → sending → delivered` or `accepted`, else `returning → returned`: the states stand in
 * digests/digest.ts, the step from each in digests/next-step.ts. The protocol's rules (docs/architecture.md) live here:
 *
 * | rules | where |
 * |---|---|
 * | 1 writing, 5 waking | events/inbox-writer.ts, events/inbox-table.ts, schedules/wake-channel.ts |
 * | 2 a job is only a reason to look | digests/next-step.ts |
 * | 3 due rows, 4 edits | schedules/dispatch-due.ts, `mendDueRow` below |
 * | 6 contention, 13 hidden jobs | leave-word.ts |
 * | 7 lease, 11 releasing | turn.ts, free-channel.ts |
 * | 8 freezing, 9 identity | start-digest.ts, digests/claim-pages.ts; after a crash resume-digest.ts |
 * | 10 sending | deliver.ts, record-attempt.ts |
 * | 12 waiting to retry | digests/next-step.ts, free-channel.ts |
 * | 14 returning | return-digest.ts, verdict.ts |
 * | 15 paused and disabled, 16 send now | end-pause.ts, disable-subscription.ts, subscriptions/{pause,resume}-subscription.ts, send-now.ts |
 * | 17 two clocks | platform/clock.ts |
 * | 18 removing | subscriptions/remove-subscription.ts, reconcile.ts, clear-inbox.ts |
 * | 19 a webhook belongs to one subscription | subscriptions/webhooks-table.ts |
 * | 20 reading our own writes | platform/table-rows.ts, digests/head-table.ts |
 */
import { isOfAnotherRevision, nextStep } from '../digests/next-step.ts';
import type { DigestJob } from '../schedules/digest-job.ts';
import { dueRowOf } from '../subscriptions/due-of-subscription.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import { endPause } from './end-pause.ts';
import { hideJob, leaveWord, type Stepped } from './leave-word.ts';
import { resumeDigest } from './resume-digest.ts';
import { startDigest } from './start-digest.ts';
import { LeaseLostError } from './turn.ts';

/** How often a job looks again when the head changed under it; then the host tries the message again. */
const MAX_LOOKS = 20;

/** Handles one job. It throws only for what storage does: the message is then tried again. */
export function createSendDigest(deps: DeliveryDeps) {
  return async function sendDigest(job: DigestJob): Promise<void> {
    const key = { account: job.account, id: job.subscriptionId };
    try {
      for (let looks = 0; looks < MAX_LOOKS; looks++) {
        const [row, stored] = await Promise.all([deps.subscriptions.read(key), deps.heads.read(job.subscriptionId)]);
        if (row?.is !== 'present') return; // removed: nothing under a tombstone is written (rule 18)
        if (looks === 0) await mendDueRow(deps, job, row.subscription);
        if (job.why === 'pause-over') await endPause(deps, job, row.subscription);
        if ((await step(job, row.subscription, stored)) === 'done') return;
      }
    } catch (error) {
      if (!(error instanceof LeaseLostError)) throw error;
      deps.log.warn('another worker took over the channel', { subscriptionId: job.subscriptionId });
      return;
    }
    throw new Error('the head kept changing');
  };

  async function step(
    job: DigestJob,
    subscription: Subscription,
    stored: Awaited<ReturnType<typeof deps.heads.read>>,
  ): Promise<Stepped> {
    const { clock, times } = deps;
    const situation = {
      job,
      subscription,
      head: stored.head,
      now: clock.now(),
      realNow: clock.realNow(),
      takeoverMs: times.takeoverMs,
    };
    const next = nextStep(situation);
    switch (next.do) {
      case 'end':
        return 'done';
      case 'yield':
        return hideJob(deps, { job, subscription, stored, until: next.until });
      case 'remember':
        return leaveWord(deps, { job, subscription, stored });
      case 'hide':
        return hideJob(deps, {
          job,
          subscription,
          stored,
          until: clock.realNow() + (next.until - clock.now()) / clock.rate(),
        });
      case 'resume':
        return resumeDigest(deps, { job, subscription, stored });
      case 'start':
        return startDigest(deps, { job, subscription, stored, step: next });
    }
  }
}

/** A job of another revision starts nothing, and leaves the channel with the due row of its current one (rule 4). */
async function mendDueRow({ due, clock }: DeliveryDeps, job: DigestJob, subscription: Subscription): Promise<void> {
  if (!isOfAnotherRevision(job, subscription.revision) || !('revision' in job)) return;
  const current = dueRowOf(subscription, clock.now());
  if (current !== undefined) await due.put(current);
  for (const dueAt of [job.dueAt, job.nextDueAt]) {
    if (dueAt !== undefined) await due.remove({ subscriptionId: job.subscriptionId, dueAt, revision: job.revision });
  }
}
