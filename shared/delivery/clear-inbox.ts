/** Retention of a channel's pages and digests: what is past its time goes, and the oldest of too many; under a tombstone, everything. */
import { digestIdOf, parseDigestId } from '../digests/digest.ts';
import type { Head } from '../digests/head.ts';
import type { Page } from '../events/page.ts';
import { DIGESTS_MS, LINKS_MS, WAITING_PAGES_MS } from '../platform/retention.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import { type Cleared, dropWaiting } from './drop-waiting.ts';

/** Clears the channel of a removed subscription. */
export async function clearRemoved(
  { inbox, heads, digests, dropped }: DeliveryDeps,
  subscriptionId: string,
): Promise<Cleared> {
  let pages = 0;
  for await (const page of inbox.listOld(subscriptionId, Number.MAX_SAFE_INTEGER)) {
    await inbox.deletePage(subscriptionId, page.key);
    pages += 1;
  }
  for await (const { record } of digests.list(subscriptionId)) await digests.remove(subscriptionId, record.sequence);
  await dropped.removeOld(subscriptionId, Number.MAX_SAFE_INTEGER);
  await heads.remove(subscriptionId);
  return { pages, eventsDropped: 0 };
}

/** Clears what is past its time. */
export async function clearInbox(deps: DeliveryDeps, subscriptionId: string, maxWaiting: number): Promise<Cleared> {
  const { inbox, heads, digests, clock, log } = deps;
  const now = clock.now();
  const { head } = await heads.read(subscriptionId);
  let pages = 0;
  for await (const page of inbox.listOld(subscriptionId, now - LINKS_MS)) {
    // Pages are the digest page's content: kept as long as links to it live.
    if (!isOver(page, head, subscriptionId, now)) continue;
    await inbox.deletePage(subscriptionId, page.key);
    pages += 1;
  }
  await deps.dropped.removeOld(subscriptionId, now - LINKS_MS);
  const dropped = await dropWaiting(deps, subscriptionId, { maxWaiting, before: now - WAITING_PAGES_MS });
  for await (const { record } of digests.list(subscriptionId)) {
    if (record.frozenAt < now - DIGESTS_MS) await digests.remove(subscriptionId, record.sequence);
  }
  if (dropped.eventsDropped > 0)
    log.warn('events that waited too long, or were too many, were dropped', {
      subscriptionId,
      events: dropped.eventsDropped,
    });
  return { pages: pages + dropped.pages, eventsDropped: dropped.eventsDropped };
}

function isOver({ digestId }: Page, { digest }: Head, subscriptionId: string, now: number): boolean {
  if (digestId === undefined) return false;
  if (digest !== undefined && digestId === digestIdOf(subscriptionId, digest.sequence)) return false;
  const frozenAt = parseDigestId(digestId)?.sequence ?? 0; // a sequence is a time; what was dropped is of no digest
  return frozenAt < now - LINKS_MS;
}
