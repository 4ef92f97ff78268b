/** Lines of one group while its events stream by: repeats are folded, the worst and newest lines keep their event. */
import { type EventBrief, wholeOf } from '../events/brief.ts';
import type { Event } from '../events/event.ts';
import { SEVERITIES, type Severity } from '../subscriptions/severity.ts';
import type { DigestItem } from './digest-summary.ts';

/** Lines that keep their event; a card of 18 KB shows fewer. */
const MAX_ITEMS = 20;
/** Characters of scopes and titles remembered for counting repeats of lines that are not shown now but may be again. */
const MAX_REMEMBERED_CHARS = 100_000;

interface Line {
  readonly key: string;
  times: number;
  rank: number;
  lastAt: number;
  /** Kept only while the line is among those shown: its newest event, or the brief of it until that is parsed. */
  event: Event | EventBrief | undefined;
}

/** A count of lines in the making. */
export interface LineTally {
  add(event: EventBrief, at: number, rank: number): void;
  /** Parses what is shown and is not parsed yet. */
  read(): void;
  /** The lines to show, worst first, then newest. */
  finish(): readonly DigestItem[];
}

/** Begins a count. Beyond the bound on memory a line that was pushed out and comes back counts anew. */
export function createLineTally(): LineTally {
  const lines = new Map<string, Line>();
  const shown: Line[] = [];
  let unread: Line[] = [];
  let least: number | undefined; // of those shown, where that is known
  let remembered = 0;

  function remember(key: string, at: number, rank: number): Line {
    const line = { key, times: 0, rank, lastAt: at, event: undefined };
    remembered += key.length;
    lines.set(key, line);
    return line;
  }

  function forget(line: Line): void {
    line.event = undefined;
    if (remembered <= MAX_REMEMBERED_CHARS) return;
    lines.delete(line.key);
    remembered -= line.key.length;
  }

  /** Shows the line if there is room, or instead of the least of those shown. */
  function show(line: Line, event: EventBrief): void {
    if (shown.length < MAX_ITEMS) {
      shown.push(line);
    } else {
      least ??= indexOfLeast(shown);
      const pushedOut = shown[least];
      if (pushedOut === undefined || compare(line, pushedOut) >= 0) {
        forget(line);
        return;
      }
      shown[least] = line;
      least = undefined;
      forget(pushedOut);
    }
    keep(line, event);
  }

  /** Keeps an event of a line that is shown; nearly all are followed by a newer one before anybody parses them. */
  function keep(line: Line, event: EventBrief): void {
    if (line.event === undefined || !isBrief(line.event)) unread.push(line);
    line.event = event;
  }

  function read(): void {
    for (const line of unread) if (line.event !== undefined && isBrief(line.event)) line.event = wholeOf(line.event);
    if (unread.length > 0) unread = [];
  }

  return {
    add(event, at, rank) {
      const key = `${event.scope ?? ''}\0${event.title}`;
      const line = lines.get(key) ?? remember(key, at, rank);
      line.times += 1;
      if (rank > line.rank) line.rank = rank;
      const isNewest = at >= line.lastAt;
      if (isNewest) line.lastAt = at;
      if (line.event === undefined) return show(line, event);
      least = undefined;
      if (isNewest) keep(line, event);
    },

    read,
    finish: () => [...shown].sort(compare).flatMap(toItem),
  };
}

function compare(a: Line, b: Line): number {
  return b.rank - a.rank || b.lastAt - a.lastAt;
}

function indexOfLeast(lines: readonly Line[]): number {
  return lines.reduce((least, line, index) => (compare(line, lines[least] ?? line) > 0 ? index : least), 0);
}

function toItem({ event: kept, times, rank, lastAt }: Line): DigestItem[] {
  if (kept === undefined) return [];
  const event = isBrief(kept) ? wholeOf(kept) : kept;
  return [{ event, lastAt, times, severity: severityOf(rank), actions: event.data.actions ?? [] }];
}

function isBrief(event: Event | EventBrief): event is EventBrief {
  return 'origin' in event;
}

/** The severity at a place in the order of severities. */
export function severityOf(rank: number): Severity {
  return SEVERITIES[rank] ?? 'info';
}
