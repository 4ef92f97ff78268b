/** The last real events of a channel, for a preview: what waits, else what the last digest showed. */
import type { Event } from '../events/event.ts';
import type { InboxTable } from '../events/inbox-table.ts';
import { eventsOf, isSkipped, type Page, pageTime } from '../events/page.ts';
import { digestIdOf } from './digest.ts';
import type { DigestsTable } from './digests-table.ts';
import type { HeadTable } from './head-table.ts';

/** An event with the time of its page. */
export interface ReceivedEvent {
  readonly event: Event;
  readonly receivedAt: number;
}

/** What reading needs. */
export interface RecentEventsDeps {
  readonly heads: Pick<HeadTable, 'read'>;
  readonly inbox: Pick<InboxTable, 'listPages'>;
  readonly digests: Pick<DigestsTable, 'list'>;
}

/** Which events: those that came until `until` and that `wants` picks. */
export interface RecentEventsRequest {
  readonly subscriptionId: string;
  readonly until: number;
  readonly wants: (event: Event) => boolean;
}

/** A card shows less than this; reading more would cost, and a preview is asked for often. */
const MAX_EVENTS = 100;
const MAX_PAGES = 20;
const DIGESTS_LOOKED_AT = 3;

/** Reads them, in the order of their arrival; empty when there are none. */
export function createReadRecentEvents({ heads, inbox, digests }: RecentEventsDeps) {
  return async function readRecentEvents(request: RecentEventsRequest): Promise<ReceivedEvent[]> {
    const { subscriptionId } = request;
    const { openFrom } = (await heads.read(subscriptionId)).head;
    const waiting = await collect(inbox.listPages({ subscriptionId, from: openFrom, atOnce: MAX_PAGES }), request);
    if (waiting.length > 0) return waiting;
    let looked = 0;
    for await (const { record } of digests.list(subscriptionId)) {
      if (looked === DIGESTS_LOOKED_AT) break;
      looked += 1;
      if (record.firstPage === undefined) continue;
      const digestId = digestIdOf(subscriptionId, record.sequence);
      const range = { subscriptionId, digestId, from: record.firstPage, to: record.lastPage, atOnce: MAX_PAGES };
      const shown = await collect(inbox.listPages(range), request);
      if (shown.length > 0) return shown;
    }
    return [];
  };
}

/** Reads recent events. */
export type ReadRecentEvents = ReturnType<typeof createReadRecentEvents>;

async function collect(pages: AsyncIterable<Page>, { until, wants }: RecentEventsRequest): Promise<ReceivedEvent[]> {
  const found: ReceivedEvent[] = [];
  let read = 0;
  for await (const page of pages) {
    const receivedAt = pageTime(page.key);
    if (receivedAt > until || read === MAX_PAGES) break;
    read += 1;
    for (const [position, event] of eventsOf(page).entries())
      if (!isSkipped(page.skip, position) && wants(event)) found.push({ event, receivedAt });
    if (found.length >= MAX_EVENTS) break;
  }
  return found.slice(0, MAX_EVENTS);
}
