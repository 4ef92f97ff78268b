/** Dates as clients send them: `2026-12-24`, with a time `2026-12-24T09:00`, with seconds or a zone. */

const DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?$/;

/** The date, or date and time, without seconds; undefined when it is none, or its time is missing. A date that needs no time loses it. */
export function readDate(text: string, includeTime: boolean): string | undefined {
  const [, year, month, day, hour, minute, zone = ''] = DATE.exec(text.trim()) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = `${year}-${month}-${day}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  // The 31st of a short month is read as the 1st of the next.
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date) return undefined;
  if (!includeTime) return date;
  return hour === undefined ? undefined : `${date}T${hour}:${minute}${zone}`;
}
