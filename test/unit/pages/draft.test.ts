/** The form: what it holds, what it says as choices, what keeps it from being saved. */
import { scheduleSchema } from '../../../shared/schedules/schedule.ts';
import type { Choices } from '../../../shared/subscriptions/subscription.ts';
import { choicesOf, draftOf, type Fault, faultsOf, newDraft, type Timing } from '../../../static/config/draft.ts';
import { isZone } from '../../../static/config/zones.ts';

const timeZone = 'Europe/Berlin';
const aDraft = (timing: Partial<Timing> = {}) => {
  const draft = newDraft({ recommended: ['a', 'b'], locale: 'de', timeZone });
  return { ...draft, timing: { ...draft.timing, ...timing } };
};

it('begins with the recommended topics, on weekdays at nine by the browser’s clock', () => {
  const choices = choicesOf(aDraft());

  expect(choices).toMatchObject({ topics: ['a', 'b'], locale: 'de', urgentSeverity: 'critical', whenEmpty: 'skip' });
  expect(choices.schedule).toEqual({ every: 'day', at: '09:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'], timeZone });
});

it('begins with everything where nothing is recommended', () => {
  expect(newDraft({ recommended: [], locale: 'en', timeZone }).everything).toBe(true);
});

it.each<Partial<Timing>>([
  { every: 'now' },
  { every: 'hour', minute: 17 },
  { every: 'day', days: ['sun', 'mon'] },
  { every: 'day', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
  { every: 'week', day: 'thu', at: '23:59' },
  { every: 'month', monthDay: 31 },
  { every: 'month', monthDay: 'last' },
])('says %j as a schedule that the API takes, and reads it back', (timing) => {
  const choices = choicesOf(aDraft(timing));

  expect(scheduleSchema.parse(choices.schedule)).toEqual(choices.schedule);
  expect(choicesOf(draftOf(choices, 'UTC'))).toEqual(choices);
});

it('keeps the topics that were chosen while everything is', () => {
  const everything = { ...aDraft(), everything: true };

  expect([choicesOf(everything).topics, everything.topics]).toEqual([[], ['a', 'b']]);
});

it('reads no topics as everything', () => {
  const choices: Choices = { ...choicesOf(aDraft()), topics: [] };

  expect(draftOf(choices, 'UTC').everything).toBe(true);
});

it.each<[string, object, Partial<Timing>, Fault[]]>([
  ['nothing wrong', {}, {}, []],
  ['no topic', { topics: [] }, {}, ['topics']],
  ['no topic, but everything', { topics: [], everything: true }, {}, []],
  ['no time', {}, { at: '' }, ['at']],
  ['a time that is none', {}, { at: '24:00' }, ['at']],
  ['no time, hourly', {}, { every: 'hour', at: '' }, []],
  ['no day', {}, { days: [] }, ['days']],
  ['no day, weekly', {}, { every: 'week', days: [] }, []],
  ['no minute', {}, { every: 'hour', minute: Number.NaN }, ['minute']],
  ['minute 60', {}, { every: 'hour', minute: 60 }, ['minute']],
  ['no zone', {}, { timeZone: 'Middle-earth/Shire' }, ['zone']],
  ['no zone, at once', {}, { every: 'now', timeZone: '' }, []],
])('finds %s', (_what, part, timing, faults) => {
  expect(faultsOf({ ...aDraft(timing), ...part }, isZone)).toEqual(faults);
});
