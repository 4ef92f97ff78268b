/** When a local day begins, whatever daylight saving does. */
import { Temporal } from 'temporal-polyfill';

/** The first instant of a date (`2026-12-24`) in a zone, in milliseconds since 1970. */
export function startOfDay(date: string, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds;
}
