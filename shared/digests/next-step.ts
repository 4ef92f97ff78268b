/**
 * What a job does when it meets a channel: decided from the job, the head and the subscription, before anything is written.
 *
 * | the channel | the job | step |
 * |---|---|---|
 * | paused, or disabled and the job is no probe | any | `end`: resuming wakes it (rule 15); a return goes on all the same |
 * | lease held | any | `yield`: leave word, come back after the lease (rule 6) |
 * | digest waits for its next attempt | urgent (a minute after the last attempt), changed, probe | `resume`: the wait is over (rule 12) |
 * | digest waits for its next attempt | its own retry, early | `hide` until then |
 * | digest waits for its next attempt | other | `remember`: leave word and end; the retry job is there (rule 12) |
 * | digest unfinished, nobody at it | any | `resume` (rule 2) |
 * | no digest | due later than served, asked for, or an immediate channel | `start` with all open pages |
 * | no digest | other | `start` with urgent pages, if the channel has any |
 */
import type { DigestJob } from '../schedules/digest-job.ts';
import { isImmediate, type Subscription } from '../subscriptions/subscription.ts';
import type { Head } from './head.ts';

/** An urgent wake ends a wait at most this often (rule 12). */
const URGENT_WAKE_MS = 60_000;

/** All that decides. `now` is the wall clock, `realNow` the machine's own (rule 17). */
export interface Situation {
  readonly job: DigestJob;
  readonly head: Head;
  readonly subscription: Pick<Subscription, 'state' | 'schedule' | 'revision' | 'urgentSeverity'>;
  readonly now: number;
  readonly realNow: number;
  /** How long after a lease's end another worker may take over, in ms. */
  readonly takeoverMs: number;
}

/** What to do next. Instants are as in the head: `until` of `yield` on the machine's clock, of `hide` on the wall clock. */
export type Step =
  | { readonly do: 'end' }
  | { readonly do: 'yield'; readonly until: number }
  | { readonly do: 'remember' }
  | { readonly do: 'hide'; readonly until: number }
  | { readonly do: 'resume' }
  | {
      readonly do: 'start';
      readonly urgency: 'ordinary' | 'urgent';
      readonly dueAt: number | undefined;
      readonly asked: boolean;
    };

/** Decides the next step. */
export function nextStep(situation: Situation): Step {
  const { job, head, subscription, realNow, takeoverMs } = situation;
  if (isAsleep(subscription, job) && head.digest?.state !== 'returning') return { do: 'end' };
  if (head.lease !== undefined && realNow < head.lease.ends + takeoverMs)
    return { do: 'yield', until: head.lease.ends + takeoverMs };
  return head.digest === undefined ? startStep(situation) : digestStep(situation, head.digest);
}

function isAsleep({ state }: Situation['subscription'], job: DigestJob): boolean {
  switch (state.is) {
    case 'active':
      return false;
    case 'paused':
      return true;
    case 'disabled':
      return job.why !== 'probe';
  }
}

function digestStep({ job, now }: Situation, digest: NonNullable<Head['digest']>): Step {
  const waits = digest.state === 'frozen' && digest.nextAttemptAt !== undefined && digest.nextAttemptAt > now;
  if (!waits) return { do: 'resume' };
  switch (job.why) {
    case 'changed':
    case 'probe':
      return { do: 'resume' };
    case 'urgent':
      return now - (digest.attemptedAt ?? 0) >= URGENT_WAKE_MS ? { do: 'resume' } : { do: 'remember' };
    case 'retry':
      // Clocks differ: the message can show before the instant it was hidden for.
      return job.attempt === digest.attempt + 1
        ? { do: 'hide', until: digest.nextAttemptAt ?? now }
        : { do: 'remember' };
    default:
      return { do: 'remember' };
  }
}

function startStep({ job, head, subscription }: Situation): Step {
  const dueAt = latestDue(job, head, subscription.revision);
  const asked = job.why === 'send-now' || head.asked?.now === true || job.why === 'probe';
  if (dueAt !== undefined || asked || isImmediate(subscription.schedule))
    return { do: 'start', urgency: 'ordinary', dueAt, asked };
  return subscription.urgentSeverity === null
    ? { do: 'end' }
    : { do: 'start', urgency: 'urgent', dueAt: undefined, asked: false };
}

/** The latest due time of this revision that was not served (rules 2, 4). */
function latestDue(job: DigestJob, head: Head, revision: number): number | undefined {
  const unserved = [dueOf(job), head.asked?.due].filter((due) => isUnserved(head, due));
  return latest(unserved.filter((due) => due.revision === revision))?.at;
}

interface Due {
  readonly at: number;
  readonly revision: number;
}

function dueOf(job: DigestJob): Due | undefined {
  return job.why === 'due' ? { at: job.dueAt, revision: job.revision } : undefined;
}

/** Not served by a digest before, nor by the one in hand. */
function isUnserved({ servedDueAt, digest }: Head, due: Due | undefined): due is Due {
  const served = Math.max(servedDueAt ?? Number.NEGATIVE_INFINITY, digest?.dueAt ?? Number.NEGATIVE_INFINITY);
  return due !== undefined && due.at > served;
}

function latest(dues: readonly (Due | undefined)[]): Due | undefined {
  return dues.reduce(
    (best, due) => (best === undefined || (due !== undefined && due.at > best.at) ? due : best),
    undefined,
  );
}

/** True when the job came from a due row of another revision: it starts nothing, and the due row must be mended (rule 4). */
export function isOfAnotherRevision(job: DigestJob, revision: number): boolean {
  return 'revision' in job && job.revision !== revision;
}

/**
 * The head with the job's wish kept in it, for whoever releases it (rules 6, 12, 16). A due time that was served is no wish:
 * kept, it would stay for ever, and the job of a digest that is taken over brings one.
 */
export function withWord(head: Head, job: DigestJob, revision: number): Head {
  const own = isOfAnotherRevision(job, revision) ? undefined : dueOf(job);
  const wishes = [head.asked?.due, own].filter((wish) => isUnserved(head, wish));
  const due = latest(wishes.filter((wish) => wish.revision === revision)); // of an older one, it would hide the new
  const now = job.why === 'send-now' || head.asked?.now === true;
  return { ...head, again: true, asked: due === undefined && !now ? undefined : { due, now } };
}
