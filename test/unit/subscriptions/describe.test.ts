/** Schedules and choices in words. */
import type { Schedule } from '../../../shared/schedules/schedule.ts';
import { defaultChoices } from '../../../shared/subscriptions/default-choices.ts';
import { describeSchedule } from '../../../shared/subscriptions/describe.ts';

const timeZone = 'Europe/Berlin';

it.each<[Schedule, string]>([
  [{ every: 'now' }, 'at once'],
  [{ every: 'hour', minute: 5, timeZone }, 'every hour at minute 5 (Europe/Berlin)'],
  [{ every: 'day', at: '09:00', timeZone }, 'every day at 09:00 (Europe/Berlin)'],
  [
    { every: 'day', at: '09:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'], timeZone },
    'Monday to Friday at 09:00 (Europe/Berlin)',
  ],
  [{ every: 'day', at: '09:00', days: ['sat', 'sun'], timeZone }, 'Saturday, Sunday at 09:00 (Europe/Berlin)'],
  [{ every: 'week', day: 'wed', at: '17:30', timeZone }, 'every Wednesday at 17:30 (Europe/Berlin)'],
  [{ every: 'month', day: 31, at: '08:00', timeZone }, 'on day 31 of every month at 08:00 (Europe/Berlin)'],
  [{ every: 'month', day: 'last', at: '08:00', timeZone }, 'on the last day of every month at 08:00 (Europe/Berlin)'],
])('%j is %s', (schedule, words) => {
  expect(describeSchedule(schedule)).toBe(words);
});

it('begins a new subscription on weekdays at nine in its owner’s zone, with what the catalogue recommends', () => {
  const choices = defaultChoices({ recommendedTopics: ['build.failed'], timeZone });

  expect(choices.topics).toEqual(['build.failed']);
  expect(describeSchedule(choices.schedule)).toBe('Monday to Friday at 09:00 (Europe/Berlin)');
});
