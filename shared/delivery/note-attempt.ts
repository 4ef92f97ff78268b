/** Notes an attempt: in the digest's row, which is the record, and in the log (protocol rule 10). */
import type { Attempt, CurrentDigest } from '../digests/digest.ts';
import type { StoredDigest } from '../digests/digests-table.ts';
import type { Head } from '../digests/head.ts';
import type { DigestContent } from '../digests/read-content.ts';
import { pageTime } from '../events/page.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { countPost } from './count-post.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import type { Outcome } from './outcome.ts';
import { recordAttempt } from './record-attempt.ts';
import type { Verdict } from './verdict.ts';

/** An attempt to note: `record` is the row as far as there is one. */
export interface Noting {
  readonly subscription: Subscription;
  readonly content: DigestContent;
  readonly record: StoredDigest | undefined;
  readonly digest: CurrentDigest;
  readonly outcome: Outcome;
  readonly verdict: Verdict;
}

/** Writes the record; gives it as it stands then. */
export async function noteAttempt(deps: DeliveryDeps, noting: Noting): Promise<StoredDigest> {
  const { subscription, content, record, digest, outcome, verdict } = noting;
  const attempt: Attempt = {
    attempt: digest.attempt,
    at: digest.attemptedAt ?? deps.clock.now(),
    outcome: outcome.is,
    status: outcome.status,
    reason: outcome.reason,
    nextAttemptAt: verdict.next === 'retry' ? deps.clock.now() + verdict.waitMs : undefined,
  };
  deps.log.info('attempt made', {
    subscriptionId: subscription.id,
    sequence: digest.sequence,
    attempt: digest.attempt,
    outcome: outcome.is,
    status: outcome.status,
  });
  countAttempt(deps, noting);
  return recordAttempt(deps.digests, {
    subscriptionId: subscription.id,
    digest,
    record,
    content,
    attempt,
    traceparent: deps.telemetry.trace()?.traceparent,
    state: verdict.next === 'settled' ? verdict.as : 'frozen',
  });
}

function countAttempt({ telemetry, clock }: DeliveryDeps, { subscription, digest, outcome, verdict }: Noting): void {
  const { kind } = subscription.target;
  countPost(telemetry, { card: 'digest', kind, outcome });
  if (verdict.next === 'retry') telemetry.count('tidings.retries', 1, { kind, outcome: outcome.is });
  if (verdict.next === 'return') telemetry.count('tidings.digests.returned', 1, { because: verdict.because, kind });
  if (verdict.next !== 'settled') return;
  const { urgency, dueAt, firstPage, frozenAt, count } = digest;
  const since = dueAt ?? (firstPage === undefined ? frozenAt : pageTime(firstPage));
  const told = urgency === 'urgent' ? 'urgent' : dueAt === undefined ? 'at once' : 'on schedule';
  telemetry.measure('tidings.digest.events', count, { kind });
  telemetry.measure('tidings.delivery.time', Math.max(0, clock.now() - since), { kind, told });
}

/** Failed attempts before this one, redrawn cards not counted: they were tried again at once. */
export function failuresBefore(
  record: StoredDigest | undefined,
  { attempt, retriesFrom = 0 }: Pick<CurrentDigest, 'attempt' | 'retriesFrom'>,
): number {
  const counts = (entry: Attempt) => entry.attempt < attempt && entry.attempt > retriesFrom;
  const earlier = record?.record.attempts.filter(counts) ?? [];
  return earlier.filter(({ nextAttemptAt }) => nextAttemptAt !== undefined).length;
}

/** A channel's health after a failure. */
export function failing(
  { clock }: Pick<DeliveryDeps, 'clock'>,
  head: Head,
  reason: string | undefined,
): Head['health'] {
  return { failingSince: head.health.failingSince ?? clock.now(), reason };
}
