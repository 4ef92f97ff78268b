/** Writes an attempt into the digest's row, which is the record (protocol rule 10). */
import type { CurrentDigest, DigestRecord } from '../digests/digest.ts';
import type { DigestSummary } from '../digests/digest-summary.ts';
import type { DigestsTable, StoredDigest } from '../digests/digests-table.ts';
import type { DigestContent } from '../digests/read-content.ts';
import { type Noted, withAttempt } from './with-attempt.ts';

/** What to record. */
export interface Recording extends Noted {
  readonly subscriptionId: string;
  readonly digest: CurrentDigest;
  /** The row as it was read; undefined when there is none yet. */
  readonly record: StoredDigest | undefined;
  /** What a new row is made of; undefined where there is a row already. */
  readonly content: DigestContent | undefined;
  /** The trace of an attempt. */
  readonly traceparent?: string | undefined;
}

/** Inserts or changes the row. Where a worker that lost its lease wrote meanwhile, what it wrote is kept. */
export async function recordAttempt(digests: DigestsTable, recording: Recording): Promise<StoredDigest> {
  const { subscriptionId, content, traceparent } = recording;
  let there = recording.record;
  for (;;) {
    const before = there?.record ?? newRecord(recording.digest, content?.summary);
    const next = {
      ...withAttempt(before, recording),
      card: recording.digest.card,
      ...(traceparent === undefined ? {} : { traceparent }),
    };
    const written =
      there === undefined
        ? await digests.insert(subscriptionId, next, content?.identities ?? new Uint8Array())
        : await digests.update(subscriptionId, next, there.etag);
    if (written.done) return { record: next, etag: written.etag, nonce: '' };
    there = written.row;
  }
}

function newRecord(digest: CurrentDigest, summary: DigestSummary | undefined): DigestRecord {
  const { sequence, urgency, frozenAt, firstPage, lastPage, count, alreadyShown, locale, timeZone } = digest;
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
    alreadyShown,
    locale,
    timeZone,
  };
}

/** The digest page offers this many topics to choose from. */
const MAX_TOPICS = 50;

function overviewOf({ bySeverity, period, byTopic }: DigestSummary): DigestRecord['overview'] {
  return { bySeverity, period, topics: byTopic.slice(0, MAX_TOPICS).map(({ topic }) => topic) };
}
