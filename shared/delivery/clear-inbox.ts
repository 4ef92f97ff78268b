/** Retention of a channel's pages and digests: what is past its time goes; under a tombstone, everything. */
import { digestIdOf, parseDigestId } from '../digests/digest.ts';
import { pageTime } from '../events/page.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

const DAY = 24 * 3_600_000;
/** Pages are the digest page's content: kept as long as links to it live. */
export const DELIVERED_PAGES_MS = 31 * DAY;
/** Events that waited longer are dropped (design promise 1). */
export const WAITING_PAGES_MS = 45 * DAY;
/** Records of digests. */
export const DIGESTS_MS = 90 * DAY;

/** Clears one channel; returns how many pages went. `everything`: its subscription was removed. */
export async function clearInbox(
  deps: DeliveryDeps,
  subscriptionId: string,
  what: 'everything' | 'past their time',
): Promise<number> {
  const { inbox, heads, digests, clock, log } = deps;
  const now = clock.now();
  const all = what === 'everything';
  let deleted = 0;
  let dropped = 0;
  const { head } = await heads.read(subscriptionId);
  for await (const page of inbox.listOld(subscriptionId, all ? Number.MAX_SAFE_INTEGER : now - DELIVERED_PAGES_MS)) {
    const unfinished = head.digest !== undefined && page.digestId === digestIdOf(subscriptionId, head.digest.sequence);
    const frozenAt = page.digestId === undefined ? undefined : parseDigestId(page.digestId)?.sequence; // a sequence is a time
    const isOver =
      frozenAt === undefined
        ? pageTime(page.key) < now - WAITING_PAGES_MS
        : !unfinished && frozenAt < now - DELIVERED_PAGES_MS;
    if (!all && !isOver) continue;
    await inbox.deletePage(subscriptionId, page.key);
    deleted += 1;
    if (page.digestId === undefined && !all) dropped += page.count;
  }
  for await (const { record } of digests.list(subscriptionId)) {
    if (all || record.frozenAt < now - DIGESTS_MS) await digests.remove(subscriptionId, record.sequence);
  }
  if (all) await heads.remove(subscriptionId);
  if (dropped > 0) log.warn('events that waited too long were dropped', { subscriptionId, events: dropped });
  return deleted;
}
