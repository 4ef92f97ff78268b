/** A card shown anew after an answer: the whole digest as frozen, in which only what was answered differs. */
import type { ShownAct } from '../cards/card-input.ts';
import type { DigestSummary } from '../digests/digest-summary.ts';
import { readSummary } from '../digests/read-content.ts';
import type { Event } from '../events/event.ts';
import type { InboxTable } from '../events/inbox-table.ts';
import type { ActsTable } from './acts-table.ts';
import type { Asked } from './find-asked.ts';
import { actsByEvent, ownActs } from './shown-acts.ts';

/** Larger digests are read for seconds: their cards get the status line alone (docs/for-products.md). */
const MAX_EVENTS = 10_000;
/** Where many press at once, each waits for so many drawings at most: Microsoft's servers wait for fifteen seconds. */
const MAX_DRAWN = 3;

/** Draws the card of a digest with the answers given to it. */
export type DrawAnswered = (
  asked: Asked,
  summary: DigestSummary,
  acts: (event: Event) => readonly ShownAct[],
  own: readonly ShownAct[],
) => Promise<string>;

/** What showing anew needs. */
export interface RedrawDeps {
  readonly inbox: Pick<InboxTable, 'listPages'>;
  readonly acts: Pick<ActsTable, 'listOfDigest'>;
  readonly draw: DrawAnswered;
}

/** The body to show instead; undefined where a card cannot be shown anew. */
export function createRedrawCard({ inbox, acts, draw }: RedrawDeps) {
  return async function redrawCard(asked: Asked): Promise<string | undefined> {
    const { subscription, digest, answerable } = asked;
    if (subscription.target.kind !== 'connector' || digest.count > MAX_EVENTS) return undefined;
    const { digest: id } = answerable;
    // After this answer, and whether told yet or not: of people who press at once, whoever is answered last then sees them all.
    const [summary, first] = await Promise.all([readSummary(inbox, subscription.id, digest), acts.listOfDigest(id)]);
    let acted = first;
    for (let drawn = 1; ; drawn++) {
      const given = acted.map(({ act }) => act);
      const card = await draw(asked, summary, actsByEvent(given), ownActs(given));
      // Hosts keep the card that came last: one that was overtaken while it was drawn must not be it (rows only come).
      const now = drawn < MAX_DRAWN ? await acts.listOfDigest(id) : acted;
      if (now.length === acted.length) return card;
      acted = now;
    }
  };
}

/** Shows a card anew. */
export type RedrawCard = ReturnType<typeof createRedrawCard>;
