/** Times as people of a language read them in a time zone; all of it by `Intl`. */

/** Writes instants, in milliseconds since 1970, for one language and zone. */
export interface DateWriter {
  /** The time of day when it is on the same local day as the one given, else with its date. */
  whenSeenFrom(at: number, seenFrom: number): { readonly text: string; readonly sameDay: boolean };
  /** A date with its time. */
  dateTime(at: number): string;
  /** From one to another, with the zone's name. */
  range(from: number, to: number): string;
  /** A short label for a time of day, and for a day. */
  hour(at: number): string;
  day(at: number): string;
  /** Equal for two instants on the same local day, or in the same local hour. */
  dayKey(at: number): string;
  hourKey(at: number): string;
}

const known = new Map<string, DateWriter>();
/** Making formatters is slow, using them is not; there are as many kinds as owners choose locales and zones. */
const MAX_KNOWN = 500;

/** The writer for a locale and a zone; an unknown zone is read as UTC, so that a card is never lost to it. */
export function dateWriter(locale: string, timeZone: string): DateWriter {
  const key = `${locale}|${timeZone}`;
  const writer = known.get(key) ?? createDateWriter(locale, timeZone);
  if (known.size < MAX_KNOWN) known.set(key, writer);
  return writer;
}

function createDateWriter(locale: string, timeZone: string): DateWriter {
  const options = { timeZone: isKnownZone(timeZone) ? timeZone : 'UTC' };
  const make = (more: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, ...more });
  const time = make({ hour: '2-digit', minute: '2-digit' });
  const dateTime = make({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const withYear = make({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const zoned = make({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
  const day = make({ day: 'numeric', month: 'short' });
  const dayKey = make({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const hourKey = make({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' });
  const year = make({ year: 'numeric' });

  return {
    whenSeenFrom(at, seenFrom) {
      const sameDay = dayKey.format(at) === dayKey.format(seenFrom);
      if (sameDay) return { text: time.format(at), sameDay };
      const sameYear = year.format(at) === year.format(seenFrom);
      return { text: (sameYear ? dateTime : withYear).format(at), sameDay };
    },
    dateTime: (at) => withYear.format(at),
    range: (from, to) => (from === to ? zoned.format(from) : zoned.formatRange(from, to)),
    hour: (at) => time.format(at),
    day: (at) => day.format(at),
    dayKey: (at) => dayKey.format(at),
    hourKey: (at) => hourKey.format(at),
  };
}

function isKnownZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
