/** Writes an attempt into the digest's row, which is the record (protocol rule 10). */
import type { Attempt, CurrentDigest, DigestRecord } from '../digests/digest.ts';
import type { DigestSummary } from '../digests/digest-summary.ts';
import type { DigestsTable, StoredDigest } from '../digests/digests-table.ts';
import type { DigestContent } from '../digests/read-content.ts';

/** What to record: an attempt and where it leaves the digest. */
export interface Recording {
  readonly subscriptionId: string;
  readonly digest: CurrentDigest;
  /** The row as it was read; undefined when there is none yet. */
  readonly record: StoredDigest | undefined;
  /** What a new row is made of; undefined where there is a row already. */
  readonly content: DigestContent | undefined;
  /** Undefined for a digest that had nothing to show. */
  readonly attempt: Attempt | undefined;
  readonly state: DigestRecord['state'];
}

/**
 * Inserts or changes the row. Where a worker that lost its lease wrote meanwhile, both attempts are kept, and a success is
 * not undone.
 */
export async function recordAttempt(digests: DigestsTable, recording: Recording): Promise<StoredDigest> {
  const { subscriptionId, content } = recording;
  let there = recording.record;
  for (;;) {
    const next = merged(there?.record ?? newRecord(recording.digest, content?.summary), recording);
    const written =
      there === undefined
        ? await digests.insert(subscriptionId, next, content?.identities ?? new Uint8Array())
        : await digests.update(subscriptionId, next, there.etag);
    if (written.done) return { record: next, etag: written.etag, nonce: '' };
    there = written.row;
  }
}

function newRecord(digest: CurrentDigest, summary: DigestSummary | undefined): DigestRecord {
  const { sequence, urgency, frozenAt, firstPage, lastPage, count, locale, timeZone } = digest;
  const overview = summary === undefined ? undefined : overviewOf(summary);
  return {
    sequence,
    state: 'frozen',
    urgency,
    frozenAt,
    firstPage,
    lastPage,
    count,
    attempts: [],
    overview,
    locale,
    timeZone,
  };
}

/** The digest page offers this many topics to choose from. */
const MAX_TOPICS = 50;

function overviewOf({ bySeverity, period, byTopic }: DigestSummary): DigestRecord['overview'] {
  return { bySeverity, period, topics: byTopic.slice(0, MAX_TOPICS).map(({ topic }) => topic) };
}

function merged(record: DigestRecord, { attempt, state }: Recording): DigestRecord {
  const settled = record.state === 'delivered' || record.state === 'accepted';
  const others = record.attempts.filter((other) => other.attempt !== attempt?.attempt);
  const attempts = [...others, ...(attempt === undefined ? [] : [attempt])].sort((a, b) => a.attempt - b.attempt);
  return { ...record, state: settled ? record.state : state, attempts };
}
