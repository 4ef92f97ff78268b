/** Times as people say them, by `Intl`. */

/** Writes times in one language. Times are milliseconds since 1970. */
export interface Dates {
  /** "today, 09:01", "tomorrow, 09:00", "Monday, 23 November, 09:00". */
  soon(at: number, now: number, timeZone: string): string;
  /** "Monday, 23 November, 09:00". */
  full(at: number, timeZone: string): string;
  day(at: number, timeZone: string): string;
  time(at: number, timeZone: string): string;
  weekday(day: number): { readonly long: string; readonly short: string };
  number(value: number): string;
}

const DAY_MS = 86_400_000;
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1, 12);

/** The writer for a locale. */
export function createDates(locale: string): Dates {
  const format = (at: number, timeZone: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(at);
  const near = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const numbers = new Intl.NumberFormat(locale);
  const time = (at: number, timeZone: string) => format(at, timeZone, { hour: '2-digit', minute: '2-digit' });
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const full = (at: number, timeZone: string) =>
    format(at, timeZone, { ...day, ...yearOf(at), hour: '2-digit', minute: '2-digit' });
  return {
    time,
    full,
    soon(at, now, timeZone) {
      const days = Math.round((dayNumber(at, timeZone) - dayNumber(now, timeZone)) / DAY_MS);
      return Math.abs(days) <= 1 ? `${near.format(days, 'day')}, ${time(at, timeZone)}` : full(at, timeZone);
    },
    day: (at, timeZone) => format(at, timeZone, { ...day, ...yearOf(at) }),
    weekday: (day) => ({
      long: format(MONDAY + day * DAY_MS, 'UTC', { weekday: 'long' }),
      short: format(MONDAY + day * DAY_MS, 'UTC', { weekday: 'short' }),
    }),
    number: (value) => numbers.format(value),
  };
}

/** The year, where it is not plain which one is meant. */
function yearOf(at: number): Intl.DateTimeFormatOptions {
  return Math.abs(at - Date.now()) > 300 * DAY_MS ? { year: 'numeric' } : {};
}

/** Midnight of the local date, as if it were in Greenwich. */
function dayNumber(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return Date.UTC(part('year'), part('month') - 1, part('day'));
}
