/** Takes one page of events out of a digest, wherever the last one ended. */
import type { Event } from '../../events/event.ts';
import { eventsOf, isSkipped, type Page, pageTime } from '../../events/page.ts';

/** Events on one page. */
const PAGE_EVENTS = 50;
/** Events looked at for one page: about a second's work. A rare word in a great digest takes several pages. */
const MAX_LOOKED_AT = 100_000;

/** An event with when it was received, in milliseconds since 1970. */
export interface KeptEvent {
  readonly event: Event;
  readonly receivedAt: number;
}

/** Where a page of events begins: the key of an inbox page, and a position in it. */
export interface Cursor {
  readonly key: string;
  readonly position: number;
}

/** A page of events. `next`: where to go on; `isFull`: false when the search stopped before the page was full. */
export interface CollectedEvents {
  readonly events: readonly KeptEvent[];
  readonly next: Cursor | undefined;
  readonly isFull: boolean;
}

/** Collects from `pages`, which begin at the cursor's key, what is wanted; stops reading as soon as it has enough. */
export async function collectEvents(
  pages: AsyncIterable<Page>,
  { from, wants }: { from: Cursor | undefined; wants: (event: Event) => boolean },
): Promise<CollectedEvents> {
  const events: KeptEvent[] = [];
  let lookedAt = 0;
  for await (const page of pages) {
    let position = -1;
    for (const event of eventsOf(page)) {
      position += 1;
      if (isBefore(page.key, position, from) || isSkipped(page.skip, position)) continue;
      const isFull = events.length === PAGE_EVENTS;
      if (isFull || lookedAt === MAX_LOOKED_AT) return { events, next: { key: page.key, position }, isFull };
      lookedAt += 1;
      if (wants(event)) events.push({ event, receivedAt: pageTime(page.key) });
    }
  }
  return { events, next: undefined, isFull: true };
}

function isBefore(key: string, position: number, from: Cursor | undefined): boolean {
  return from !== undefined && (key < from.key || (key === from.key && position < from.position));
}

/** A cursor in an address. */
export function formatCursor({ key, position }: Cursor): string {
  return `${position}.${key}`;
}

/** Reads a cursor; undefined, the beginning, for what is none. */
export function parseCursor(text: string | null): Cursor | undefined {
  const found = /^(\d{1,5})\.(\d{13}-[\w.-]{1,200})$/.exec(text ?? '');
  return found?.[1] === undefined || found[2] === undefined ? undefined : { key: found[2], position: Number(found[1]) };
}
