/** Schedules and choices in words, for pages. English. */
import type { Schedule, Weekday } from '../schedules/schedule.ts';
import type { Choices } from './subscription.ts';

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

/** What a channel is told: topics by their names, scopes, and from which severity on. */
export function describeContent(choices: Choices, topicName: (type: string) => string): string {
  const topics = choices.topics.length === 0 ? 'all topics' : choices.topics.map(topicName).join(', ');
  const scopes = choices.scopes.length === 0 ? '' : ` in ${choices.scopes.join(', ')}`;
  const least = choices.minSeverity === 'info' ? '' : `, from “${choices.minSeverity}” on`;
  return `${topics}${scopes}${least}`;
}

function describeDays(days: readonly Weekday[] | undefined): string {
  if (days === undefined || days.length === 7) return 'every day';
  if (days.join(' ') === WEEKDAYS) return 'Monday to Friday';
  return days.map((day) => DAYS[day]).join(', ');
}
