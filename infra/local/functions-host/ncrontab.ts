/**
 * Timer schedules in NCRONTAB, six fields with seconds first, read in UTC as Azure Functions on Linux does.
 * Written here because other libraries join day-of-month and day-of-week by "or", as cron does; NCRONTAB joins them by "and".
 * https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
 */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: readonly string[];
}

const FIELDS = [
  { name: 'second', from: 0, to: 59 },
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, words: MONTHS },
  { name: 'day of week', from: 0, to: 6, words: DAYS },
] as const satisfies readonly Field[];

/** When a timer fires. */
export interface TimerSchedule {
  /** The first occurrence after `time`, both in milliseconds since 1970. */
  next(time: number): number;
  /** True when it fires more than once in some minute: then Azure keeps no status of it. */
  readonly withinMinute: boolean;
}

/** Every pattern of days repeats within 28 years, the century years aside; 29 February may be eight years away. */
const MOST_DAYS = 40 * 366;
const DAY_MS = 86_400_000;

/**
 * Parses an NCRONTAB expression.
 * @throws Error that names the field at fault, or says that it never occurs.
 */
export function parseNcrontab(expression: string): TimerSchedule {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    throw new Error(
      `"${expression}" is no timer schedule: it needs six fields, {second} {minute} {hour} {day} {month} {day of week}`,
    );
  }
  const [seconds = [], minutes = [], hours = [], days = [], months = [], weekdays = []] = FIELDS.map((field, index) =>
    valuesOf(field, parts[index] ?? ''),
  );
  const times = hours.flatMap((h) => minutes.flatMap((m) => seconds.map((s) => ((h * 60 + m) * 60 + s) * 1000)));
  const occursOn = (day: Date) =>
    months.includes(day.getUTCMonth() + 1) && days.includes(day.getUTCDate()) && weekdays.includes(day.getUTCDay());

  function next(time: number): number {
    const today = Math.floor(time / DAY_MS) * DAY_MS;
    for (let day = today; day < today + MOST_DAYS * DAY_MS; day += DAY_MS) {
      if (!occursOn(new Date(day))) continue;
      const found = times.find((ofDay) => day + ofDay > time);
      if (found !== undefined) return day + found;
    }
    throw new Error(`"${expression}" never occurs`);
  }
  next(0); // a day such as 30 February is told at start
  return { next, withinMinute: seconds.length > 1 };
}

function valuesOf(field: Field, text: string): number[] {
  const chosen = new Set<number>();
  for (const item of text.split(',')) for (const value of rangeOf(field, item)) chosen.add(value);
  return [...chosen].sort((a, b) => a - b);
}

function rangeOf(field: Field, item: string): number[] {
  const [, all, first, last, step] = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(item) ?? [];
  const every = step === undefined ? 1 : Number(step);
  const from = all ? field.from : numberOf(field, first);
  // "5/15" runs from 5 to the end, as in NCrontab.
  const to = all || (step !== undefined && last === undefined) ? field.to : numberOf(field, last ?? first);
  if (every < 1 || from > to || from < field.from || to > field.to || Number.isNaN(from) || Number.isNaN(to)) {
    throw new Error(
      `"${item}" is no ${field.name} of a timer schedule: ${field.from} to ${field.to}, with * , - and /`,
    );
  }
  return Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, index) => from + index * every);
}

function numberOf(field: Field, text: string | undefined): number {
  if (text === undefined) return Number.NaN;
  if (/^\d+$/.test(text)) return Number(text);
  const index = field.words?.indexOf(text.slice(0, 3).toLowerCase()) ?? -1;
  return index < 0 ? Number.NaN : index + field.from;
}
