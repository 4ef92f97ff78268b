/** Freezing, as far as it is rules: batches of pages, their claims, and the head once all is decided (protocol rule 8). */
import { firstKeyAt, PAGES_AT_ONCE, type Page } from '../events/page.ts';
import { type Claims, LATE_WRITE_MS } from './claim-pages.ts';
import { type CurrentDigest, digestIdOf } from './digest.ts';
import type { Head } from './head.ts';
import type { PageClaim } from './head-table.ts';

/**
 * The head as a freeze begins: what was asked for until now is the digest's to serve. What is asked for from then on is not, and
 * stays (rule 6). An urgent digest serves no due time and no wish.
 */
export function wishesTaken(head: Head, { urgency }: Pick<CurrentDigest, 'urgency'>): Head {
  return urgency === 'urgent' ? { ...head, again: false } : { ...head, again: false, asked: undefined };
}

/** The head once a digest's content is decided: its due time is served, and nothing older is open (rule 8). */
export function served(head: Head, digest: CurrentDigest): Head {
  const nextSequence = digest.sequence + 1;
  if (digest.urgency === 'urgent') return { ...head, nextSequence };
  const servedDueAt = Math.max(digest.dueAt ?? 0, head.servedDueAt ?? 0);
  return { ...head, servedDueAt, nextSequence, openFrom: digest.frozenAt, shownUrgent: undefined };
}

/**
 * The last key that a digest can claim. A freeze that is taken over hours later must not take what came since: other digests
 * find this one by its sequence, a time, and would miss identities that are newer (rule 9). A write can be late, a clock ahead.
 */
export function lastKeyOf({ frozenAt }: Pick<CurrentDigest, 'frozenAt'>, rate: number): string {
  return firstKeyAt(frozenAt + LATE_WRITE_MS * rate);
}

/** Claims a batch of pages for a digest. */
export function claimBatch(
  claims: Claims,
  subscriptionId: string,
  { sequence }: CurrentDigest,
  pages: readonly Page[],
): PageClaim[] {
  const digestId = digestIdOf(subscriptionId, sequence);
  return pages.map((page) => ({ key: page.key, digestId, skip: claims.claim(page) }));
}

/** Pages in batches that fit a transaction beside the head. */
export async function* inBatches(pages: AsyncIterable<Page>): AsyncGenerator<Page[], undefined> {
  let batch: Page[] = [];
  for await (const page of pages) {
    batch.push(page);
    if (batch.length < PAGES_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
