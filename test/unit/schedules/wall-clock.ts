/** What the clocks of a time zone show, by `Intl.DateTimeFormat` alone: slow, and too simple to be wrong. */

const MINUTE = 60_000;

/** A minute that begins at `at`, while the clocks show `shows`: `2026-11-21T09:00`. */
export interface ShownMinute {
  readonly at: number;
  readonly shows: string;
}

/** Answers what a zone's clocks show at an instant, as `2026-11-21T09:00`; such texts sort by time. */
export function createWallClock(timeZone: string): (instant: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (instant) => format.format(instant).replace(' ', 'T');
}

/** Every minute from `from` until before `to`. */
export function minutesBetween(timeZone: string, from: number, to: number): ShownMinute[] {
  const shown = createWallClock(timeZone);
  const minutes: ShownMinute[] = [];
  for (let at = from; at < to; at += MINUTE) minutes.push({ at, shows: shown(at) });
  return minutes;
}

/** The instants in `[from, to)` at which a zone's clocks jump, found by looking every three days and then halving. */
export function changesBetween(timeZone: string, from: number, to: number): number[] {
  const shown = createWallClock(timeZone);
  const offset = (instant: number) => Date.parse(`${shown(instant)}Z`) - instant;
  const step = 3 * 24 * 60 * MINUTE;
  const changes: number[] = [];
  for (let start = from; start < to; start += step) {
    let [same, other] = [start, Math.min(start + step, to)];
    if (offset(same) === offset(other)) continue;
    while (other - same > MINUTE) {
      const middle = same + Math.floor((other - same) / 2 / MINUTE) * MINUTE;
      if (offset(middle) === offset(start)) same = middle;
      else other = middle;
    }
    changes.push(other);
  }
  return changes;
}

/** A local time so many minutes later by the calendar alone, as if no clock ever jumped. */
export function laterOnPaper(shows: string, minutes: number): string {
  return new Date(Date.parse(`${shows}Z`) + minutes * MINUTE).toISOString().slice(0, 16);
}
