/** When a channel is told: the schedules of the API, as their zod schema and types. */
import { z } from 'zod';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A day of the week, Monday first. */
export type Weekday = (typeof DAYS)[number];

const weekday = z.enum(DAYS);
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day as HH:MM, 00:00 to 23:59');

/** Abbreviations that V8's Intl takes from ICU and the IANA database does not have; Temporal refuses them. */
const NOT_IANA =
  /^(ACT|AET|AGT|ART|AST|BET|BST|CAT|CNT|CST|CTT|EAT|ECT|IET|IST|JST|MIT|NET|NST|PLT|PNT|PRT|PST|SST|VST)$/i;

/** Asking `Intl` takes as long as reading the rest of a row, and every subscription and due row names its zone. */
const zonesSeen = new Set<string>();
/** There are some 600; each may be written in any case. */
const MAX_ZONES_SEEN = 1_000;

/** True when this runtime knows the zone; the IANA database comes with Node.js. */
export function isTimeZone(name: string): boolean {
  if (zonesSeen.has(name)) return true;
  if (!/^[A-Za-z]/.test(name) || NOT_IANA.test(name)) return false; // Intl takes offsets such as +02:00 too
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    if (zonesSeen.size < MAX_ZONES_SEEN) zonesSeen.add(name);
    return true;
  } catch {
    return false;
  }
}

const timeZone = z.string().refine(isTimeZone, 'an IANA time zone such as Europe/Berlin');

/** A schedule as stored and as the API takes it. `at` is local time in `timeZone`; day 29–31 of a shorter month is its last day. */
export const scheduleSchema = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('now') }),
  z.strictObject({ every: z.literal('hour'), minute: z.int().min(0).max(59), timeZone }),
  z.strictObject({ every: z.literal('day'), at: localTime, days: z.array(weekday).min(1).optional(), timeZone }),
  z.strictObject({ every: z.literal('week'), day: weekday, at: localTime, timeZone }),
  z.strictObject({
    every: z.literal('month'),
    day: z.union([z.int().min(1).max(31), z.literal('last')]),
    at: localTime,
    timeZone,
  }),
]);

/** When a channel is told. */
export type Schedule = z.infer<typeof scheduleSchema>;
/** A schedule that has due times: every kind but `now`. */
export type TimedSchedule = Exclude<Schedule, { every: 'now' }>;
