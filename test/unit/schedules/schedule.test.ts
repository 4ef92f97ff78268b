import { isTimeZone, scheduleSchema } from '../../../shared/schedules/schedule.ts';

const timeZone = 'Europe/Berlin';

it.each([
  [{ every: 'now' }],
  [{ every: 'hour', minute: 59, timeZone }],
  [{ every: 'day', at: '00:00', timeZone }],
  [{ every: 'day', at: '23:59', days: ['sun'], timeZone }],
  [{ every: 'week', day: 'mon', at: '09:00', timeZone }],
  [{ every: 'month', day: 31, at: '09:00', timeZone }],
  [{ every: 'month', day: 'last', at: '09:00', timeZone }],
])('takes the schedule %j', (schedule) => {
  const parsed = scheduleSchema.safeParse(schedule);

  expect(parsed.data).toEqual(schedule);
});

it.each([
  ['a kind it does not know', { every: 'year', at: '09:00', timeZone }],
  ['minute 60', { every: 'hour', minute: 60, timeZone }],
  ['24:00', { every: 'day', at: '24:00', timeZone }],
  ['9:00, without its zero', { every: 'day', at: '9:00', timeZone }],
  ['seconds', { every: 'day', at: '09:00:00', timeZone }],
  ['an empty list of days', { every: 'day', at: '09:00', days: [], timeZone }],
  ['a day it does not know', { every: 'week', day: 'monday', at: '09:00', timeZone }],
  ['day 0', { every: 'month', day: 0, at: '09:00', timeZone }],
  ['day 32', { every: 'month', day: 32, at: '09:00', timeZone }],
  ['no zone', { every: 'day', at: '09:00' }],
])('refuses %s', (_fault, schedule) => {
  const parsed = scheduleSchema.safeParse(schedule);

  expect(parsed.success).toBe(false);
});

it.each([
  ['an offset, which follows no daylight saving', '+02:00'],
  ['an abbreviation of ICU that Temporal refuses', 'PST'],
  ['another, in small letters', 'ist'],
  ['a place that does not exist', 'Europe/Atlantis'],
  ['nothing', ''],
])('does not take for a time zone %s', (_case, name) => {
  const isKnown = isTimeZone(name);

  expect(isKnown).toBe(false);
});
