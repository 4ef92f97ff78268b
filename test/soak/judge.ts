/** Judges a run at its end: by the ids sent, the webhooks' own log, the tables, and the oracle. */
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { isWanted } from './oracle.ts';
import type { SoakEvent } from './plan.ts';
import type { TakenCard } from './posts.ts';
import type { Stored } from './stored.ts';

/** What is judged. */
export interface Ended {
  readonly channels: readonly Subscription[];
  readonly sent: readonly SoakEvent[];
  readonly taken: readonly TakenCard[];
  readonly stored: Stored;
}

/** What came of it. */
export interface Judgement {
  /** Events that a channel wanted and that are in no card it took, no inbox and no dead letter. */
  readonly lost: number;
  /** Cards that brought again what the channel had. */
  readonly repeated: number;
  readonly uncertain: number;
  readonly lostAnswers: number;
  /** Digests that are out, those with nothing to say left out. */
  readonly digests: number;
  /** Whatever else must not be, as sentences. */
  readonly faults: readonly string[];
}

/** Judges. */
export function judge({ channels, sent, taken, stored }: Ended): Judgement {
  const { repeated, unexcused } = countRepeats(taken);
  const faults = new Map<string, number>();
  const blame = (what: string, times = 1) => {
    if (times > 0) faults.set(what, (faults.get(what) ?? 0) + times);
  };
  blame('cards repeated although their sender could know', unexcused);
  const isTaken = new Set(taken.map(({ digestId }) => digestId));
  const isOut = new Set(stored.digests.filter(isSettled).map(({ id }) => id));
  const pages = groupBy(stored.pages, ({ channel }) => channel);
  const byAccount = groupBy(sent, ({ account }) => account);
  const buried = stored.deadLetters.map(({ text }) => text).join('\n');
  blame('dead letters', stored.deadLetters.length);
  let lost = 0;
  let again = 0;
  for (const channel of channels) {
    const shown = new Set<string>();
    const waiting = new Set<string>();
    for (const { digestId, events } of pages.get(channel.id) ?? []) {
      if (isOut.has(digestId) && !isTaken.has(digestId)) continue; // said to be out, and no webhook took it
      const isShown = isOut.has(digestId);
      for (const id of events) {
        if (isShown && shown.has(id)) again += 1;
        (isShown ? shown : waiting).add(id);
      }
    }
    const wanted = new Set<string>();
    for (const event of byAccount.get(channel.account) ?? []) if (isWanted(channel, event)) wanted.add(event.id);
    for (const id of wanted) {
      if (shown.has(id)) continue;
      if (waiting.has(id)) blame('events that wait and that nothing woke');
      else if (!buried.includes(`"${id}"`)) lost += 1;
    }
    for (const id of [...shown, ...waiting]) if (!wanted.has(id)) blame('events that their channel did not want');
    const head = stored.heads.get(channel.id);
    if (head?.lease !== undefined || head?.digest !== undefined) blame('channels with something unfinished');
  }
  const count = (knowledge: TakenCard['knowledge']) => taken.filter((card) => card.knowledge === knowledge).length;
  return {
    lost,
    repeated: repeated + again,
    uncertain: count('uncertain'),
    lostAnswers: count('lost'),
    digests: stored.digests.filter((digest) => isSettled(digest) && digest.count > 0).length,
    faults: [...faults].map(([what, times]) => `${times} ${what}`),
  };
}

function isSettled({ state }: { readonly state: string }): boolean {
  return state === 'delivered' || state === 'accepted';
}

/** A digest's second card is excused where nobody could know of the first; a third, where nobody could of the second. */
function countRepeats(taken: readonly TakenCard[]): { repeated: number; unexcused: number } {
  let repeated = 0;
  let unexcused = 0;
  for (const cards of groupBy(taken, ({ digestId }) => digestId).values()) {
    repeated += cards.length - 1;
    unexcused += cards.slice(0, -1).filter(({ knowledge }) => knowledge === 'known').length;
  }
  return { repeated, unexcused };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
