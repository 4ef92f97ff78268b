/** After a crash: an attempt was intended; what does it mean for the next one? (protocol rule 10) */
import type { Attempt } from '../digests/digest.ts';
import type { StoredDigest } from '../digests/digests-table.ts';
import { type Delivery, deliver, settle } from './deliver.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import { waitForRetry, withDigest } from './free-channel.ts';
import { failing, failuresBefore, noteAttempt } from './note-attempt.ts';
import type { Outcome } from './outcome.ts';
import { withLastSlotAt } from './pacing.ts';
import { returnDigest } from './return-digest.ts';
import type { Turn } from './turn.ts';
import { verdictOf } from './verdict.ts';
import { isOut } from './with-attempt.ts';

const STOPPED = 'The worker stopped before it could record what the webhook answered.';

/**
 * Goes on from the attempt in the head. Where its record was written, what it says holds, the next attempt's time too; where
 * not, nobody knows whether the card is there, and the record says so.
 */
export async function afterCrash(deps: DeliveryDeps, turn: Turn, delivery: Delivery): Promise<void> {
  const { digest } = turn.head;
  if (digest === undefined) return;
  const { subscription } = delivery;
  const recorded = entryOf(delivery.record, digest.attempt);
  const outcome = recorded === undefined ? ({ is: 'unclear', reason: STOPPED } as const) : outcomeOf(recorded);
  const failures = failuresBefore(delivery.record, digest) + 1;
  const verdict = verdictOf(outcome, digest.card, failures, deps.random());
  const record =
    recorded === undefined ? await noteAttempt(deps, { ...delivery, digest, outcome, verdict }) : delivery.record;
  if (record !== undefined && isOut(record.record)) return settle(deps, turn, { subscription, record }); // it was only late
  if (recorded === undefined) {
    // The POST may have arrived until its time was over.
    const latest = (turn.head.slots.at(-1) ?? 0) + deps.times.postMs;
    turn.later((head) => withLastSlotAt(head, latest));
  }
  if (verdict.next === 'return')
    return returnDigest(deps, turn, { subscription, record, because: verdict.because, reason: outcome.reason });
  const waitMs = verdict.next === 'retry' ? verdict.waitMs : 0;
  const nextAttemptAt = recorded?.nextAttemptAt ?? (digest.attemptedAt ?? 0) + waitMs;
  if (nextAttemptAt > deps.clock.now()) {
    const health = failing(deps, turn.head, outcome.reason);
    return waitForRetry(deps, turn, subscription, { nextAttemptAt, health });
  }
  const card = verdict.next === 'redraw' ? verdict.card : digest.card;
  await turn.write((head) => withDigest(head, { state: 'frozen', card }));
  return deliver(deps, turn, { ...delivery, record });
}

function entryOf(record: StoredDigest | undefined, attempt: number): Attempt | undefined {
  return record?.record.attempts.find((entry) => entry.attempt === attempt);
}

function outcomeOf({ outcome, status, reason }: Attempt): Outcome {
  return { is: outcome, status, reason };
}
