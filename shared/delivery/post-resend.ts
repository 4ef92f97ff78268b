/**
 * Posts a digest's card again because an operator asked for it (docs/adr/0019): the same events from the same
 * pages, beside the digests, under the lease and with a pacing slot. Its attempt joins the digest's record.
 */
import type { CurrentDigest, DigestRecord } from '../digests/digest.ts';
import { parseDigestId } from '../digests/digest.ts';
import { readSummary } from '../digests/read-content.ts';
import type { DigestJob } from '../schedules/digest-job.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import { drawSafely } from './draw-safely.ts';
import type { Outcome } from './outcome.ts';
import { postAside, withNoticed } from './post-aside.ts';
import { recordAttempt } from './record-attempt.ts';
import { isOut } from './with-attempt.ts';

/** While something else is posted there it comes back after this long. */
const AGAIN_MS = 30_000;
/** Then nobody waits for it any more. */
const ASKED_FOR_MS = 24 * 3_600_000;

type ResendJob = Extract<DigestJob, { why: 'resend' }>;

/** Handles a job that asks for one. What fails is recorded and not tried again: whoever asked sees it, and asks again. */
export function createPostResend(deps: DeliveryDeps) {
  const { subscriptions, heads, digests, inbox, jobs, clock, log } = deps;

  return async function postResend(job: ResendJob): Promise<void> {
    const { account, subscriptionId, digestId, wish, askedAt } = job;
    const sequence = parseDigestId(digestId)?.sequence ?? 0;
    const [row, stored, there] = await Promise.all([
      subscriptions.read({ account, id: subscriptionId }),
      heads.read(subscriptionId),
      digests.read(subscriptionId, sequence),
    ]);
    if (row?.is !== 'present' || row.subscription.state.is !== 'active') return;
    if (there === undefined || !isOut(there.record) || stored.head.noticed?.includes(wish)) return;
    const { subscription } = row;
    const { record } = there;
    const webhook = await deps.openWebhook(subscription);
    const target = { ...subscription.target, kind: webhook.kind };
    const digest = asCurrent(record, deps.cardBudgetBytes);
    // Drawn before the lease is taken, since reading a great digest takes seconds.
    const summary = await readSummary(inbox, subscriptionId, record);
    if (summary.total === 0)
      return log.warn('a digest to be posted again is kept no more', { subscriptionId, sequence });
    const body = await drawSafely(deps, summary, digest, { ...subscription, target });
    const attemptedAt = clock.now();
    const outcome = await postAside(deps, {
      what: 'resend',
      subscription,
      stored,
      draw: () => body,
      posted: (head) => withNoticed(head, wish),
    });
    if (outcome !== 'busy') return note(subscriptionId, { record: there, digest, outcome, attemptedAt });
    if (clock.now() - askedAt < ASKED_FOR_MS) await jobs.put(job, AGAIN_MS);
    else log.warn('a digest was not posted again: its channel was busy for a day', { subscriptionId, sequence });
  };

  async function note(subscriptionId: string, { record, digest, outcome, attemptedAt }: Posted): Promise<void> {
    const { is, status, reason } = outcome;
    await recordAttempt(digests, {
      subscriptionId,
      digest,
      record,
      content: undefined,
      attempt: { attempt: digest.attempt + 1, at: attemptedAt, outcome: is, status, reason },
      state: record.record.state,
    });
  }
}

interface Posted {
  readonly record: NonNullable<Awaited<ReturnType<DeliveryDeps['digests']['read']>>>;
  readonly digest: CurrentDigest;
  readonly outcome: Outcome;
  readonly attemptedAt: number;
}

/** The digest as it was when it was posted last. */
function asCurrent(record: DigestRecord, budgetBytes: number): CurrentDigest {
  const { sequence, urgency, frozenAt, firstPage = '', lastPage, count, alreadyShown, locale, timeZone } = record;
  const attempt = Math.max(0, ...record.attempts.map((entry) => entry.attempt));
  const card = record.card ?? { style: 'normal', budgetBytes };
  return {
    sequence,
    state: 'sending',
    urgency,
    frozenAt,
    from: firstPage,
    firstPage,
    lastPage,
    count,
    alreadyShown,
    locale,
    timeZone,
    attempt,
    card,
  };
}
