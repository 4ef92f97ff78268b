/**
 * What waits too long, or is too much, is dropped: the oldest first, and counted where the channel's owner sees it (design
 * promise 1).
 *
 * Pages are claimed by nobody in the same write that counts them in the head, then noted, then deleted: no digest can take what
 * was counted, and whoever dies between leaves pages of no digest, which the next batch notes, or which go when their time is over.
 */
import type { Head } from '../digests/head.ts';
import type { StoredHead } from '../digests/head-table.ts';
import { firstKeyAt, PAGES_AT_ONCE, type Page } from '../events/page.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

/** In place of a digest's id, on pages that no digest gets. */
export const NOBODY = 'dropped';

/** What went: pages, and events among them that nobody will be shown. */
export interface Cleared {
  readonly pages: number;
  readonly eventsDropped: number;
}

/** What may wait: pages written since `before` (ms since 1970), and this many events. */
export interface MayWait {
  readonly before: number;
  readonly maxWaiting: number;
}

type Counted = Pick<Page, 'key' | 'count'>;

/** Pages of a channel that go, with its head as it was read. */
interface Dropping {
  readonly subscriptionId: string;
  readonly stored: StoredHead;
  readonly pages: readonly Counted[];
  readonly because: 'waited' | 'too-many';
}

/** Drops what is beyond. A channel that is being worked on is left to the next run, and so is one that changes meanwhile. */
export async function dropWaiting(
  deps: DeliveryDeps,
  subscriptionId: string,
  { before, maxWaiting }: MayWait,
): Promise<Cleared> {
  // Read before the pages: whoever claims one changes it, and the write is refused.
  let stored: StoredHead | undefined = await deps.heads.read(subscriptionId);
  if (isClaiming(stored.head)) return { pages: 0, eventsDropped: 0 };
  let tooMany = (await countWaiting(deps, subscriptionId)) - maxWaiting;
  const first = firstKeyAt(before);
  let went: Cleared = { pages: 0, eventsDropped: 0 };
  let batch: Counted[] = [];
  const drop = async () => {
    // Oldest first: where the last one had waited too long, all had.
    const because = (batch.at(-1)?.key ?? first) < first ? 'waited' : 'too-many';
    stored =
      stored === undefined ? undefined : await countInHead(deps, { subscriptionId, stored, pages: batch, because });
    if (stored !== undefined) {
      await noteAndDelete(deps, subscriptionId, { batch, first });
      went = { pages: went.pages + batch.length, eventsDropped: went.eventsDropped + eventsIn(batch) };
    }
    batch = [];
  };
  for await (const page of deps.inbox.listOpen(subscriptionId)) {
    if (stored === undefined || (page.key >= first && tooMany <= 0)) break;
    tooMany -= page.count;
    batch.push(page);
    if (batch.length === PAGES_AT_ONCE) await drop();
  }
  if (batch.length > 0) await drop();
  return went;
}

/** A note of each page's identities stays for as long as the pages of a delivered digest would. */
async function noteAndDelete(
  { inbox, dropped, clock }: DeliveryDeps,
  subscriptionId: string,
  { batch, first }: { readonly batch: readonly Counted[]; readonly first: string },
): Promise<void> {
  const [from, to] = [batch[0]?.key, batch.at(-1)?.key];
  if (from === undefined) return;
  for await (const page of inbox.listPages({ subscriptionId, digestId: NOBODY, from, to, columns: 'identities' })) {
    const { key, count, identities } = page;
    const because = key < first ? 'waited' : 'too-many';
    await dropped.put(subscriptionId, key, { because, at: clock.now(), count, identities });
    await inbox.deletePage(subscriptionId, key);
  }
}

/** Between its transactions a claim or a return knows of pages that this would take from under it. */
function isClaiming({ lease, digest }: Head): boolean {
  return lease !== undefined || digest?.state === 'freezing' || digest?.state === 'returning';
}

/** Undefined when somebody changed the head. */
async function countInHead(
  { heads, clock }: DeliveryDeps,
  { subscriptionId, stored: { head, etag }, pages, because }: Dropping,
): Promise<StoredHead | undefined> {
  const dropped = (head.health.dropped ?? 0) + eventsIn(pages);
  const health = { ...head.health, dropped, droppedAt: clock.now(), droppedBecause: because };
  const claims = pages.map(({ key }) => ({ key, digestId: NOBODY, skip: undefined }));
  const written = await heads.write(subscriptionId, { ...head, health }, etag, claims);
  return written.done ? written.stored : undefined;
}

function eventsIn(pages: readonly Counted[]): number {
  return pages.reduce((sum, { count }) => sum + count, 0);
}

async function countWaiting({ inbox }: DeliveryDeps, subscriptionId: string): Promise<number> {
  let events = 0;
  for await (const { count } of inbox.listOpen(subscriptionId)) events += count;
  return events;
}
