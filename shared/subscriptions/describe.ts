/** Schedules in words, for cards. English. */
import type { Schedule, Weekday } from '../schedules/schedule.ts';

const DAYS: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
const WEEKDAYS = 'mon tue wed thu fri';

/** When a channel is told: "Monday to Friday at 09:00 (Europe/Berlin)". */
export function describeSchedule(schedule: Schedule): string {
  switch (schedule.every) {
    case 'now':
      return 'at once';
    case 'hour':
      return `every hour at minute ${schedule.minute} (${schedule.timeZone})`;
    case 'day':
      return `${describeDays(schedule.days)} at ${schedule.at} (${schedule.timeZone})`;
    case 'week':
      return `every ${DAYS[schedule.day]} at ${schedule.at} (${schedule.timeZone})`;
    case 'month': {
      const day = schedule.day === 'last' ? 'the last day' : `day ${schedule.day}`;
      return `on ${day} of every month at ${schedule.at} (${schedule.timeZone})`;
    }
  }
}

function describeDays(days: readonly Weekday[] | undefined): string {
  if (days === undefined || days.length === 7) return 'every day';
  if (days.join(' ') === WEEKDAYS) return 'Monday to Friday';
  return days.map((day) => DAYS[day]).join(', ');
}
