/** What a digest shows, read back from its pages: always the same, since a frozen digest's pages do not change. */
import type { InboxTable } from '../events/inbox-table.ts';
import { createClaims } from './claim-pages.ts';
import { type CurrentDigest, type DigestRecord, digestIdOf } from './digest.ts';
import type { DigestSummary, Timeline } from './digest-summary.ts';
import { createSummary } from './summarise.ts';

/** A digest's content: what cards draw, and the identities for its record. */
export interface DigestContent {
  readonly summary: DigestSummary;
  readonly identities: Uint8Array;
}

/** Reads the content of a frozen digest as a stream of its pages. */
export async function readContent(
  inbox: InboxTable,
  subscriptionId: string,
  digest: CurrentDigest,
): Promise<DigestContent> {
  const digestId = digestIdOf(subscriptionId, digest.sequence);
  const summary = createSummary({ digestId, frozenAt: digest.frozenAt });
  const claims = createClaims([], summary.add);
  for await (const page of inbox.listPages({ subscriptionId, digestId, from: digest.from, to: digest.lastPage }))
    claims.keep(page);
  return { summary: summary.finish(), identities: claims.identities() };
}

/** A digest's summary as its card was drawn from, as long as its pages are kept. */
export async function readSummary(
  inbox: Pick<InboxTable, 'listPages'>,
  subscriptionId: string,
  { sequence, frozenAt, firstPage, lastPage }: Pick<DigestRecord, 'sequence' | 'frozenAt' | 'firstPage' | 'lastPage'>,
): Promise<DigestSummary> {
  const digestId = digestIdOf(subscriptionId, sequence);
  const summary = createSummary({ digestId, frozenAt });
  const claims = createClaims([], summary.add);
  if (firstPage === undefined) return summary.finish();
  for await (const page of inbox.listPages({ subscriptionId, digestId, from: firstPage, to: lastPage }))
    claims.keep(page);
  return summary.finish();
}

/** How a delivered digest's events lie over time. */
export async function readTimeline(inbox: InboxTable, subscriptionId: string, record: DigestRecord): Promise<Timeline> {
  return (await readSummary(inbox, subscriptionId, record)).timeline;
}
