/** What a channel knows of an event: its pages, the records of its digests, and notes of what was dropped. */
import type { DigestRecord } from '../../digests/digest.ts';
import type { DigestsTable } from '../../digests/digests-table.ts';
import type { Head } from '../../digests/head.ts';
import type { HeadTable } from '../../digests/head-table.ts';
import type { DroppedNote, DroppedTable } from '../../events/dropped-table.ts';
import type { Event } from '../../events/event.ts';
import { positionOf } from '../../events/event-identity.ts';
import type { InboxTable } from '../../events/inbox-table.ts';
import { eventsOf, isSkipped, type Page } from '../../events/page.ts';

/** A page that holds the event. */
export interface PageTrace extends Pick<Page, 'key' | 'digestId' | 'urgency'> {
  /** Left out of the digest that has the page. */
  readonly isLeftOut: boolean;
}

/** All that is kept. */
export interface Traces {
  readonly pages: readonly PageTrace[];
  /** Records of digests that have, or had, it. */
  readonly records: readonly DigestRecord[];
  /** Records of the digests that the pages belong to. */
  readonly pageRecords: ReadonlyMap<number, DigestRecord>;
  readonly notes: readonly DroppedNote[];
  readonly head: Head;
  /** The event itself, from a page that still has its content. */
  readonly event: Event | undefined;
}

/** Where to look. */
export interface TracesDeps {
  readonly inbox: Pick<InboxTable, 'listEvery' | 'readPage'>;
  readonly digests: Pick<DigestsTable, 'listShown'>;
  readonly heads: Pick<HeadTable, 'read'>;
  readonly dropped: Pick<DroppedTable, 'list'>;
}

/** Looks through all that a channel keeps; nothing found: no traces. */
export async function findTraces(deps: TracesDeps, subscriptionId: string, identity: Uint8Array): Promise<Traces> {
  const pages: PageTrace[] = [];
  let event: Event | undefined;
  for await (const page of deps.inbox.listEvery(subscriptionId)) {
    const position = positionOf(identity, page.identities);
    if (position === undefined) continue;
    const { key, digestId, urgency, skip } = page;
    pages.push({ key, digestId, urgency, isLeftOut: isSkipped(skip, position) });
    event ??= await readEvent(deps, subscriptionId, { key, position });
  }
  const records: DigestRecord[] = [];
  const pageRecords = new Map<number, DigestRecord>();
  for await (const { record, identities } of deps.digests.listShown(subscriptionId, 0)) {
    pageRecords.set(record.sequence, record);
    if (identities.some((bytes) => positionOf(identity, bytes) !== undefined)) records.push(record);
  }
  const notes: DroppedNote[] = [];
  for await (const note of deps.dropped.list(subscriptionId))
    if (positionOf(identity, note.identities) !== undefined) notes.push(note);
  return { pages, records, pageRecords, notes, head: (await deps.heads.read(subscriptionId)).head, event };
}

/** True when the channel knows the event. */
export function hasTraces({ pages, records, notes }: Traces): boolean {
  return pages.length + records.length + notes.length > 0;
}

async function readEvent(
  { inbox }: TracesDeps,
  subscriptionId: string,
  { key, position }: { readonly key: string; readonly position: number },
): Promise<Event | undefined> {
  const whole = await inbox.readPage(subscriptionId, key);
  return whole === undefined ? undefined : eventsOf(whole)[position];
}
