/** Freezing: which events of which pages a digest takes, decided once (protocol rules 8, 9). */
import { briefsOf, type EventBrief } from '../events/brief.ts';
import { IDENTITY_BYTES } from '../events/event-identity.ts';
import { isSkipped, type Page, pageTime } from '../events/page.ts';
import type { DigestsTable, ShownIdentities } from './digests-table.ts';
import { createIdentitySet } from './identity-set.ts';

const HOUR = 3_600_000;
/** The same event within this time is one event (design, "Event"). */
export const SAME_EVENT_MS = 24 * HOUR;
/** A write can land this late, clocks included (rule 8). */
export const LATE_WRITE_MS = 10 * 60_000;
/** The stamp of this digest's own events: they are always the same. */
const OWN = Number.POSITIVE_INFINITY;

/** Collects what a digest shows, page by page, in the order of their keys. */
export interface Claims {
  /** Events taken so far. */
  readonly count: number;
  /** Decides a page: the positions left out, as bits; undefined when all are taken. */
  claim(page: Page): Uint8Array | undefined;
  /** Takes a page as it was decided before. */
  keep(page: Page): void;
  /** The identities of all events taken. */
  identities(): Uint8Array;
}

/** Starts from what other digests have shown; `take` gets each event taken, with the time of its page. */
export function createClaims(
  shown: Iterable<ShownIdentities>,
  take: (event: EventBrief, receivedAt: number) => void,
): Claims {
  const known = createIdentitySet();
  for (const { record, identities } of shown) {
    if (record.state === 'returned' || record.lastPage === undefined) continue;
    for (const bytes of identities) {
      for (let offset = 0; offset < bytes.length; offset += IDENTITY_BYTES)
        known.add(bytes, offset, pageTime(record.lastPage));
    }
  }
  const firstOwn = known.size;
  const shownAgain: Uint8Array[] = []; // shown long ago by another digest: in the set already, before our own
  let count = 0;

  /** Takes the event at `position`; false when it was shown within rule 9. */
  function takes(page: Page, position: number, time: number): boolean {
    const offset = position * IDENTITY_BYTES;
    const stamp = known.stampOf(page.identities, offset);
    if (stamp !== undefined && time - stamp <= SAME_EVENT_MS) return false;
    if (!known.add(page.identities, offset, OWN))
      shownAgain.push(page.identities.slice(offset, offset + IDENTITY_BYTES));
    return true;
  }

  function takeEvents(page: Page, skip: Uint8Array | undefined): void {
    const time = pageTime(page.key);
    let position = 0;
    for (const event of briefsOf(page)) if (!isSkipped(skip, position++)) take(event, time);
  }

  return {
    get count() {
      return count;
    },
    claim(page) {
      const time = pageTime(page.key);
      let skip: Uint8Array | undefined;
      let taken = 0;
      for (let position = 0; position < page.count; position++) {
        if (takes(page, position, time)) taken += 1;
        else skip = withBit(skip ?? new Uint8Array(Math.ceil(page.count / 8)), position);
      }
      count += taken;
      if (taken > 0) takeEvents(page, skip);
      return skip;
    },
    keep(page) {
      for (let position = 0; position < page.count; position++) {
        if (isSkipped(page.skip, position)) continue;
        const offset = position * IDENTITY_BYTES;
        if (!known.add(page.identities, offset, OWN))
          shownAgain.push(page.identities.slice(offset, offset + IDENTITY_BYTES));
        count += 1;
      }
      takeEvents(page, page.skip);
    },
    identities() {
      const own = known.bytesOf(firstOwn, known.size);
      return shownAgain.length === 0 ? own : Buffer.concat([own, ...shownAgain]); // of a million they are 16 MB
    },
  };
}

function withBit(bits: Uint8Array, position: number): Uint8Array {
  bits[position >> 3] = (bits[position >> 3] ?? 0) | (1 << (position & 7));
  return bits;
}

/** What was shown by digests that an event of a page written at `time` or later can repeat. */
export async function readShown(
  digests: DigestsTable,
  subscriptionId: string,
  time: number,
  rate: number,
): Promise<ShownIdentities[]> {
  const shown: ShownIdentities[] = [];
  const since = time - SAME_EVENT_MS - LATE_WRITE_MS * rate; // a digest's last page can be that much newer than its sequence
  for await (const one of digests.listShown(subscriptionId, since)) shown.push(one);
  return shown;
}
