/**
 * Every IANA zone × every change of its clocks 2024–2035 × every kind of schedule × times around the change, each kind
 * against its own stated rule. The check is `Intl.DateTimeFormat`; it shares its zone data with the Temporal polyfill,
 * so this proves the arithmetic, not the data. One change in 41, from SEED on; all of them with FULL=1.
 */
import { nextDelivery } from '../../../shared/schedules/next-deliveries.ts';
import type { TimedSchedule, Weekday } from '../../../shared/schedules/schedule.ts';
import { createStatedRules } from './stated-rules.ts';
import { changesBetween, laterOnPaper, minutesBetween } from './wall-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FROM = Date.UTC(2024, 0, 1);
const TO = Date.UTC(2036, 0, 1);
/** No change of clocks, but a month's and a leap year's end: for the zones that never change, too. */
const QUIET = Date.UTC(2028, 1, 29, 12);
const SUNDAY_FIRST: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const step = process.env['FULL'] === undefined ? 41 : 1;
const seed = Number(process.env['SEED'] ?? 0);

interface Change {
  readonly timeZone: string;
  readonly at: number;
}

const changes = Intl.supportedValuesOf('timeZone')
  .flatMap((timeZone) => [QUIET, ...changesBetween(timeZone, FROM, TO)].map((at): Change => ({ timeZone, at })))
  .filter((_, index) => (index + seed) % step === 0);
const regions = [...new Set(changes.map(({ timeZone }) => regionOf(timeZone)))];

it.each(regions)(
  'is due when the stated rule says, around every change of the clocks in %s',
  (region) => {
    const mistakes = changes.filter(({ timeZone }) => regionOf(timeZone) === region).flatMap(mistakesAround);

    expect(mistakes).toEqual([]);
  },
  300_000,
);

function regionOf(timeZone: string): string {
  return timeZone.split('/')[0] ?? timeZone;
}

function mistakesAround({ timeZone, at }: Change): string[] {
  const minutes = minutesBetween(timeZone, at - 27 * HOUR, at + 27 * HOUR);
  const rules = createStatedRules(minutes);
  const index = minutes.findIndex((minute) => minute.at === at);
  const before = minutes[index - 1]?.shows ?? '';
  const after = minutes[index]?.shows ?? '';
  const times = boundaryTimes(before, after);
  return [
    ...hourly(timeZone, times).flatMap((schedule) => mistakesOf(schedule, rules(schedule), { at, reach: 3 * HOUR })),
    ...dated(timeZone, times, [before, after]).flatMap((schedule) =>
      mistakesOf(schedule, rules(schedule), { at, reach: 26 * HOUR }),
    ),
  ];
}

/** The edges of what is jumped over or shown twice, a minute to each side, the middle, and the day's edges. */
function boundaryTimes(before: string, after: string): string[] {
  const middle = (Date.parse(`${laterOnPaper(before, 1)}Z`) + Date.parse(`${after}Z`)) / 2;
  const times = [
    before,
    laterOnPaper(before, 1),
    new Date(middle).toISOString(),
    laterOnPaper(after, -1),
    after,
    laterOnPaper(after, 1),
  ].map((shows) => shows.slice(11, 16));
  return [...new Set([...times, '00:00', '23:59'])];
}

function hourly(timeZone: string, times: readonly string[]): TimedSchedule[] {
  return [...new Set(times.map((time) => Number(time.slice(3))))].map((minute) => ({
    every: 'hour',
    minute,
    timeZone,
  }));
}

function dated(timeZone: string, times: readonly string[], shows: readonly string[]): TimedSchedule[] {
  const days = [...new Set(shows.map((shown) => SUNDAY_FIRST[new Date(`${shown}Z`).getUTCDay()] ?? 'mon'))];
  const dates = [...new Set(shows.map((shown) => Number(shown.slice(8, 10))))];
  return times.flatMap((at): TimedSchedule[] => [
    { every: 'day', at, timeZone },
    { every: 'day', at, timeZone, days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
    { every: 'day', at, timeZone, days: [...days] },
    ...days.map((day): TimedSchedule => ({ every: 'week', day, at, timeZone })),
    ...dates.map((day): TimedSchedule => ({ every: 'month', day, at, timeZone })),
    { every: 'month', day: 31, at, timeZone },
    { every: 'month', day: 'last', at, timeZone },
  ]);
}

/** What `nextDelivery` says otherwise than the rule, asked from just before, at and just after every instant that matters. */
function mistakesOf(
  schedule: TimedSchedule,
  expectedDue: readonly number[],
  { at, reach }: { at: number; reach: number },
): string[] {
  const [start, end] = [at - reach, at + reach];
  const due = expectedDue.filter((instant) => instant > start && instant <= end);
  const asked = new Set([start, at - 1, at, at + 1, ...due.flatMap((instant) => [instant - 1, instant])]);
  return [...asked]
    .filter((from) => from < end)
    .flatMap((from) => {
      const expected = due.find((instant) => instant > from);
      const actual = nextDelivery(schedule, from);
      const isRight = expected === undefined ? actual > end && actual % MINUTE === 0 : actual === expected;
      return isRight
        ? []
        : [JSON.stringify({ schedule, from: iso(from), expected: iso(expected), actual: iso(actual) })];
    });
}

function iso(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString();
}
