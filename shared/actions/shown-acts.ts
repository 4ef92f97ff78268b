/** Answers as cards show them: on the card that they were given on, and on the next one when the product answers back. */
import type { ShownAct } from '../cards/card-input.ts';
import type { DigestSummary } from '../digests/digest-summary.ts';
import type { Event } from '../events/event.ts';
import type { Act } from './act.ts';
import { actKeyIn, answerableEvent } from './act-key.ts';
import type { ActsTable } from './acts-table.ts';

/** Answers looked up for one card; it has room for fewer lines. */
const MAX_FOLLOWED = 24;

/** Who, what and when. A token without a name still says who. */
export function toShownAct({ action, actor, at }: Act): ShownAct {
  return { action: action.id, title: action.title, by: actor === null ? undefined : (actor.name ?? actor.oid), at };
}

/** The answers given to each event, of those to one digest. */
export function actsByEvent(acts: readonly Act[]): (event: Event) => readonly ShownAct[] {
  const byEvent = new Map<string, ShownAct[]>();
  for (const act of acts) {
    if (act.event === undefined) continue;
    const name = answerableEvent(act.event);
    byEvent.set(name, [...(byEvent.get(name) ?? []), toShownAct(act)]);
  }
  for (const given of byEvent.values()) given.sort((a, b) => a.at - b.at);
  return (event) => byEvent.get(answerableEvent(event)) ?? [];
}

/** What the connector's own actions did, of the answers to one digest, oldest first. */
export function ownActs(acts: readonly Act[]): ShownAct[] {
  const own = acts.filter(({ event }) => event === undefined);
  return own.map(toShownAct).sort((a, b) => a.at - b.at);
}

/** For events by which the product answers back: the answers that their subjects name, if they are the account's own. */
export async function readFollowed(
  { read }: Pick<ActsTable, 'read'>,
  account: string,
  { groups }: DigestSummary,
): Promise<(event: Event) => ShownAct | undefined> {
  const subjects = groups.flatMap(({ items }) => items.map(({ event }) => event.subject ?? ''));
  const named = [...new Set(subjects)].filter((subject) => actKeyIn(subject) !== undefined).slice(0, MAX_FOLLOWED);
  const found = await Promise.all(
    named.map(async (subject) => [subject, await read(actKeyIn(subject) ?? '')] as const),
  );
  const shown = new Map(
    found.flatMap(([subject, stored]) =>
      stored?.act.account === account ? [[subject, toShownAct(stored.act)] as const] : [],
    ),
  );
  return ({ subject }) => (subject === undefined ? undefined : shown.get(subject));
}
