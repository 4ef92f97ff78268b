/** When each kind of schedule is due, said as its rule is stated, by walking the minutes that a zone's clocks show. */
import type { TimedSchedule } from '../../../shared/schedules/schedule.ts';
import { laterOnPaper, type ShownMinute } from './wall-clock.ts';

const MINUTE = 60_000;
const DAY_IN_MINUTES = 24 * 60;
const SUNDAY_FIRST = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Answers, for a schedule, the minutes of those given at whose beginning it is due. */
export function createStatedRules(minutes: readonly ShownMinute[]): (schedule: TimedSchedule) => number[] {
  const dates = datesOf(minutes);
  const firstShowing = new Map<string, number>();
  for (const { at, shows } of minutes) if (!firstShowing.has(shows)) firstShowing.set(shows, at);
  const jumps = minutes
    .map(({ at, shows }, index) => ({ at, shows, before: minutes[index - 1]?.shows ?? shows }))
    .filter(({ before, shows }) => Date.parse(`${shows}Z`) - Date.parse(`${before}Z`) > MINUTE);

  return function dueMinutes(schedule) {
    if (schedule.every === 'hour') {
      const chosen = `:${String(schedule.minute).padStart(2, '0')}`;
      return minutes.filter(({ shows }) => shows.endsWith(chosen)).map(({ at }) => at);
    }
    const due = dates.filter((date) => isNamed(schedule, date)).map((date) => instantOf(`${date}T${schedule.at}`));
    return [...new Set(due.filter((at) => at !== undefined))];
  };

  /** The first minute that shows this local time; where none does, the minute at which the clocks jump over it. */
  function instantOf(local: string): number | undefined {
    return firstShowing.get(local) ?? jumps.find(({ before, shows }) => before < local && local < shows)?.at;
  }
}

/** Every date of the calendar from the first to the last minute, those that no clock shows too. */
function datesOf(minutes: readonly ShownMinute[]): string[] {
  const [first, last] = [minutes[0], minutes.at(-1)].map((minute) => minute?.shows.slice(0, 10) ?? '');
  const dates: string[] = [];
  for (
    let date = first ?? '';
    date <= (last ?? '');
    date = laterOnPaper(`${date}T00:00`, DAY_IN_MINUTES).slice(0, 10)
  ) {
    dates.push(date);
  }
  return dates;
}

function isNamed(schedule: Exclude<TimedSchedule, { every: 'hour' }>, date: string): boolean {
  const weekday = SUNDAY_FIRST[new Date(`${date}T00:00Z`).getUTCDay()];
  switch (schedule.every) {
    case 'day':
      return schedule.days === undefined || schedule.days.some((day) => day === weekday);
    case 'week':
      return schedule.day === weekday;
    case 'month': {
      const isLastDay = laterOnPaper(`${date}T00:00`, DAY_IN_MINUTES).endsWith('-01T00:00');
      const day = Number(date.slice(8));
      return day === schedule.day || (isLastDay && (schedule.day === 'last' || schedule.day > day));
    }
  }
}
