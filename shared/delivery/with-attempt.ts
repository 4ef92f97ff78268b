/** How an attempt changes a digest's record: what is known is not undone, whoever writes last (protocol rule 10). */
import type { Attempt, DigestRecord } from '../digests/digest.ts';

/** Where a record can leave its digest. */
export type NotedState = DigestRecord['state'];

/** What to note: an attempt, or none for a digest that had nothing to show, and where it leaves the digest. */
export interface Noted {
  readonly attempt: Attempt | undefined;
  readonly state: NotedState;
}

/**
 * The record with an attempt. A worker that lost its lease can come with it late: after a takeover wrote that nobody knows, and
 * even after the digest was returned. Then its events wait in the inbox again, and a record that no longer said so would keep
 * them from ever being shown (rule 9).
 */
export function withAttempt(record: DigestRecord, { attempt, state }: Noted): DigestRecord {
  return { ...record, state: laterOf(record.state, state), attempts: attemptsWith(record.attempts, attempt) };
}

/** A digest goes from `frozen` to `returned`, and from either to where it is out; never back. */
const RANK = { frozen: 0, returned: 1, accepted: 2, delivered: 2 } as const;

function laterOf(before: NotedState, next: NotedState): NotedState {
  return isOut({ state: before }) || RANK[before] > RANK[next] ? before : next;
}

function attemptsWith(attempts: readonly Attempt[], attempt: Attempt | undefined): Attempt[] {
  if (attempt === undefined) return [...attempts];
  const known = attempts.find((entry) => entry.attempt === attempt.attempt);
  const kept = known !== undefined && attempt.outcome === 'unclear' ? known : attempt;
  const others = attempts.filter((entry) => entry.attempt !== attempt.attempt);
  return [...others, kept].sort((a, b) => a.attempt - b.attempt);
}

/** True when the webhook has it, as far as anybody can know. */
export function isOut({ state }: Pick<DigestRecord, 'state'>): boolean {
  return state === 'delivered' || state === 'accepted';
}
