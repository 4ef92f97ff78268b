/** Groups of a digest while its events stream by: a bounded number of groups, of bounded lists of folded lines. */
import { type EventBrief, wholeOf } from '../events/brief.ts';
import type { DigestGroup } from './digest-summary.ts';
import { createLineTally, type LineTally, severityOf } from './line-tally.ts';

/** Groups kept apart; a card has at most ten sections. Events are at most 32 KiB, so 40 × 20 lines stay under 26 MB. */
const MAX_GROUPS = 40;

interface Group {
  readonly topic: string;
  readonly group: string | undefined;
  count: number;
  rank: number;
  lastAt: number;
  readonly lines: LineTally;
}

/** A count of groups in the making. */
export interface GroupTally {
  add(event: EventBrief, at: number, rank: number): void;
  /** Parses the events that are shown so far: from then on no page is kept for them. */
  read(): void;
  /** The groups in the order to show them, and how many events they hold together. */
  finish(): { readonly groups: readonly DigestGroup[]; readonly counted: number };
}

/**
 * Begins a count. When all places are taken, a group that is worse than the mildest one takes its place; what a group
 * loses that way is counted with the rest. Each place can only get worse, so that happens at most three times a place.
 */
export function createGroupTally(): GroupTally {
  const byTopic = new Map<string, Map<string, Group>>();
  let kept: Group[] = [];

  function enter(brief: EventBrief, rank: number): Group | undefined {
    if (kept.length >= MAX_GROUPS) {
      const mildest = kept.reduce((least, each) => (isBefore(least, each) ? each : least));
      if (mildest.rank >= rank) return undefined;
      kept = kept.filter((each) => each !== mildest);
      byTopic.get(mildest.topic)?.delete(mildest.group ?? '');
    }
    const { type: topic, data } = wholeOf(brief); // a brief's own texts would keep its page
    const name = data.group === '' ? undefined : data.group;
    const group = { topic, group: name, count: 0, rank, lastAt: 0, lines: createLineTally() };
    kept.push(group);
    const sameTopic = byTopic.get(topic) ?? new Map<string, Group>();
    byTopic.set(topic, sameTopic.set(name ?? '', group));
    return group;
  }

  return {
    add(event, at, rank) {
      const group = byTopic.get(event.type)?.get(event.group ?? '') ?? enter(event, rank);
      if (group === undefined) return;
      group.count += 1;
      if (rank > group.rank) group.rank = rank;
      if (at > group.lastAt) group.lastAt = at;
      group.lines.add(event, at, rank);
    },

    read() {
      for (const { lines } of kept) lines.read();
    },

    finish() {
      const counted = kept.reduce((sum, each) => sum + each.count, 0);
      return { groups: inOrder(kept).map(toDigestGroup), counted };
    },
  };
}

/** Worse first, then more events, then newer. */
function isBefore(a: Ranked, b: Ranked): boolean {
  return compare(a, b) < 0;
}

type Ranked = Pick<Group, 'rank' | 'count' | 'lastAt'>;

function compare(a: Ranked, b: Ranked): number {
  return b.rank - a.rank || b.count - a.count || b.lastAt - a.lastAt;
}

/** Topics of one product group stand together, where the worst of them belongs. Sorting is stable: ties keep arrival. */
function inOrder(groups: readonly Group[]): Group[] {
  const families = new Map<string, { -readonly [K in keyof Ranked]: number } & { members: Group[] }>();
  for (const group of groups) {
    const key = group.group ?? `\0${group.topic}`; // without a group, a topic stands for itself
    const family = families.get(key) ?? { rank: 0, count: 0, lastAt: 0, members: [] };
    family.rank = Math.max(family.rank, group.rank);
    family.count += group.count;
    family.lastAt = Math.max(family.lastAt, group.lastAt);
    family.members.push(group);
    families.set(key, family);
  }
  return [...families.values()].sort(compare).flatMap((family) => family.members.sort(compare));
}

function toDigestGroup({ topic, group, count, rank, lines }: Group): DigestGroup {
  return { topic, group, count, severity: severityOf(rank), items: lines.finish() };
}
