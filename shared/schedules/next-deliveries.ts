/** When a schedule next tells its channel: local times in any IANA zone, whatever daylight saving does. */
import { Temporal } from 'temporal-polyfill';
import type { TimedSchedule, Weekday } from './schedule.ts';

// The rules, each with its reason:
// - A time of day is due at the first instant at which the zone's clocks show that time *or later*. In an overlap that is
//   the first of the two, once; in a gap it is the gap's end: 02:30 in a gap from 02:00 to 03:00 is due at 03:00.
// - A whole day can be a gap (Samoa had no 30 December 2011). Its time is due when the next day begins, by the same rule,
//   so that a weekly or monthly digest that falls on it is late by hours and not by a week or a month.
// - Hourly means every instant whose local minute is the chosen one: both passes of an overlap, none inside a gap.

const HOUR = 3_600_000;
const MINUTE = 60_000;
const ISO_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly Weekday[];

type DatedSchedule = Exclude<TimedSchedule, { every: 'hour' }>;

/** The first instant after `after` at which the schedule is due; both in milliseconds since 1970. Costs some 30 µs. */
export function nextDelivery(schedule: TimedSchedule, after: number): number {
  return schedule.every === 'hour'
    ? nextLocalMinute(schedule.minute, schedule.timeZone, after)
    : nextLocalTime(schedule, after);
}

/** The next `count` instants after `from` at which the schedule is due, soonest first. */
export function nextDeliveries(schedule: TimedSchedule, from: number, count: number): number[] {
  const instants: number[] = [];
  for (let after = from; instants.length < count; ) {
    after = nextDelivery(schedule, after);
    instants.push(after);
  }
  return instants;
}

function nextLocalTime(schedule: DatedSchedule, after: number): number {
  const time = Temporal.PlainTime.from(schedule.at);
  // Earlier dates need no look: by now the clocks have shown their times, or later ones.
  let date = firstDate(schedule, zoned(after, schedule.timeZone).toPlainDate());
  for (;;) {
    const at = firstInstantShowing(date.toPlainDateTime(time), schedule.timeZone);
    if (at > after) return at;
    date = firstDate(schedule, date.add({ days: 1 }));
  }
}

/** The first date of the schedule, from `from` on. */
function firstDate(schedule: DatedSchedule, from: Temporal.PlainDate): Temporal.PlainDate {
  switch (schedule.every) {
    case 'day':
      return firstWeekday(schedule.days ?? ISO_DAYS, from);
    case 'week':
      return firstWeekday([schedule.day], from);
    case 'month': {
      const day = schedule.day === 'last' ? 31 : schedule.day; // Temporal takes a shorter month's last day for it
      const thisMonth = from.with({ day });
      return thisMonth.day >= from.day ? thisMonth : from.with({ day: 1 }).add({ months: 1 }).with({ day });
    }
  }
}

function firstWeekday(days: readonly Weekday[], from: Temporal.PlainDate): Temporal.PlainDate {
  const today = from.dayOfWeek - 1;
  const away = days.map((day) => (ISO_DAYS.indexOf(day) - today + 7) % 7);
  return from.add({ days: Math.min(...away) });
}

function firstInstantShowing(local: Temporal.PlainDateTime, timeZone: string): number {
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds;
  // In a gap Temporal's answers are local ± the gap's length (03:30 for 02:30 by default); ours is the gap's end.
  return (earlier.getTimeZoneTransition('next') ?? earlier).epochMilliseconds;
}

function nextLocalMinute(minute: number, timeZone: string, after: number): number {
  let from = zoned(after + 1, timeZone);
  for (;;) {
    const local = from.epochMilliseconds + from.offsetNanoseconds / 1e6;
    const at = from.epochMilliseconds + modulo(minute * MINUTE - local, HOUR);
    const change = from.getTimeZoneTransition('next');
    if (change === null || change.epochMilliseconds > at) return at;
    from = change; // the clocks change before that: look again from there
  }
}

function zoned(instant: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
