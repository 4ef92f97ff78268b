import fc from 'fast-check';
import { nextDeliveries, nextDelivery } from '../../../shared/schedules/next-deliveries.ts';
import { isTimeZone, type TimedSchedule } from '../../../shared/schedules/schedule.ts';
import { createStatedRules } from './stated-rules.ts';
import { minutesBetween } from './wall-clock.ts';

const HOUR = 3_600_000;

/** The next instants after `from`, as ISO texts without seconds. */
function next(schedule: TimedSchedule, from: string, count: number): string[] {
  return nextDeliveries(schedule, Date.parse(from), count).map((at) =>
    new Date(at).toISOString().replace(':00.000Z', 'Z'),
  );
}

const daily = (at: string, timeZone: string): TimedSchedule => ({ every: 'day', at, timeZone });
const hourly = (minute: number, timeZone: string): TimedSchedule => ({ every: 'hour', minute, timeZone });

describe('a gap, where clocks jump over the time', () => {
  it.each([
    ['Berlin at 02:30, in a gap of an hour', 'Europe/Berlin', '02:30', '2027-03-28T01:00Z'],
    ['Berlin at 02:00, its first minute', 'Europe/Berlin', '02:00', '2027-03-28T01:00Z'],
    ['Berlin at 01:59, the minute before', 'Europe/Berlin', '01:59', '2027-03-28T00:59Z'],
    ['Berlin at 03:00, the minute it ends', 'Europe/Berlin', '03:00', '2027-03-28T01:00Z'],
    ['Lord Howe at 02:15, in a gap of half an hour', 'Australia/Lord_Howe', '02:15', '2026-10-03T15:30Z'],
    ['Troll at 01:10, in a gap of two hours', 'Antarctica/Troll', '01:10', '2027-03-28T01:00Z'],
    ['Cairo at 00:00, in a gap that begins the day', 'Africa/Cairo', '00:00', '2027-04-29T22:00Z'],
    ['Pyongyang at 23:45, in a gap across midnight', 'Asia/Pyongyang', '23:45', '2018-05-04T15:00Z'],
  ])('is due at the first instant after it: %s', (_case, timeZone, at, due) => {
    const before = new Date(Date.parse(due) - 20 * HOUR).toISOString();

    const instants = next(daily(at, timeZone), before, 1);

    expect(instants).toEqual([due]);
  });

  it.each([
    ['Pacific/Apia', '09:00', '2011-12-29T00:00Z', ['2011-12-29T19:00Z', '2011-12-30T10:00Z', '2011-12-30T19:00Z']],
    [
      'Pacific/Kwajalein',
      '09:00',
      '1993-08-20T12:00Z',
      ['1993-08-20T21:00Z', '1993-08-21T12:00Z', '1993-08-21T21:00Z'],
    ],
  ])('is due when the next day begins, where a whole day is skipped: %s', (timeZone, at, from, due) => {
    const instants = next(daily(at, timeZone), from, 3);

    expect(instants).toEqual(due);
  });

  it('is due once at the start of a day that two days begin at', () => {
    const instants = next(daily('00:00', 'Pacific/Apia'), '2011-12-29T09:00Z', 3);

    expect(instants).toEqual(['2011-12-29T10:00Z', '2011-12-30T10:00Z', '2011-12-31T10:00Z']);
  });

  it.each<[string, TimedSchedule, string]>([
    ['weekly', { every: 'week', day: 'fri', at: '09:00', timeZone: 'Pacific/Apia' }, '2011-12-30T10:00Z'],
    ['monthly', { every: 'month', day: 30, at: '09:00', timeZone: 'Pacific/Apia' }, '2011-12-30T10:00Z'],
  ])('is late by hours, not by a week or a month, when its only day is skipped: %s', (_kind, schedule, due) => {
    const instants = next(schedule, '2011-12-24T00:00Z', 1);

    expect(instants).toEqual([due]);
  });
});

describe('an overlap, where clocks show the time twice', () => {
  it.each([
    ['Berlin at 02:30', 'Europe/Berlin', '02:30', ['2026-10-25T00:30Z', '2026-10-26T01:30Z']],
    ['Berlin at 02:00', 'Europe/Berlin', '02:00', ['2026-10-25T00:00Z', '2026-10-26T01:00Z']],
    ['Berlin at 03:00, just after it', 'Europe/Berlin', '03:00', ['2026-10-25T02:00Z', '2026-10-26T02:00Z']],
    ['Lord Howe at 01:45', 'Australia/Lord_Howe', '01:45', ['2027-04-03T14:45Z', '2027-04-04T15:15Z']],
    [
      'Santiago at 23:30, a day that ends twice',
      'America/Santiago',
      '23:30',
      ['2027-04-04T02:30Z', '2027-04-05T03:30Z'],
    ],
    ['Havana at 00:30, a day that begins twice', 'America/Havana', '00:30', ['2026-11-01T04:30Z', '2026-11-02T05:30Z']],
  ])('is due at the first of the two, once: %s', (_case, timeZone, at, due) => {
    const before = new Date(Date.parse(due[0] ?? '') - HOUR).toISOString();

    const instants = next(daily(at, timeZone), before, 2);

    expect(instants).toEqual(due);
  });

  it('is not due again when asked between the two', () => {
    const instants = next(daily('02:30', 'Europe/Berlin'), '2026-10-25T01:00Z', 1);

    expect(instants).toEqual(['2026-10-26T01:30Z']);
  });
});

describe('hourly', () => {
  it.each<[string, TimedSchedule, string, string[]]>([
    ['both passes of an overlap', hourly(30, 'Europe/Berlin'), '2026-10-25T00:00Z', ['00:30', '01:30', '02:30']],
    ['nothing in a gap', hourly(30, 'Europe/Berlin'), '2027-03-28T00:00Z', ['00:30', '01:30', '02:30']],
    ['an offset of 45 minutes', hourly(0, 'Asia/Kathmandu'), '2026-11-21T00:00Z', ['00:15', '01:15', '02:15']],
    ['an offset of 12:45', hourly(50, 'Pacific/Chatham'), '2026-11-21T00:00Z', ['00:05', '01:05', '02:05']],
    ['twice in 30 minutes', hourly(30, 'Australia/Lord_Howe'), '2027-04-03T14:00Z', ['14:30', '15:00', '16:00']],
    ['once in 90 minutes', hourly(0, 'Australia/Lord_Howe'), '2026-10-03T14:00Z', ['14:30', '16:00', '17:00']],
    ['at the jump itself', hourly(30, 'Australia/Lord_Howe'), '2026-10-03T14:45Z', ['15:00', '15:30', '16:30']],
  ])('is due whenever the local minute is the chosen one: %s', (_case, schedule, from, due) => {
    const instants = next(schedule, from, due.length);

    expect(instants.map((at) => at.slice(11, 16))).toEqual(due);
  });
});

describe('days of the week and month', () => {
  it('keeps to the days listed, whatever their order', () => {
    const schedule: TimedSchedule = { every: 'day', days: ['fri', 'mon'], at: '09:00', timeZone: 'Europe/Berlin' };

    const instants = next(schedule, '2026-11-21T00:00Z', 3);

    expect(instants).toEqual(['2026-11-23T08:00Z', '2026-11-27T08:00Z', '2026-11-30T08:00Z']);
  });

  it('counts days where the channel is, not in UTC', () => {
    const schedule: TimedSchedule = { every: 'week', day: 'mon', at: '08:00', timeZone: 'Pacific/Auckland' };

    const instants = next(schedule, '2026-11-21T00:00Z', 1);

    expect(instants).toEqual(['2026-11-22T19:00Z']); // Sunday evening in UTC
  });

  it.each<[number | 'last', string, string[]]>([
    [28, '2027-01-31T00:00Z', ['2027-02-28', '2027-03-28', '2027-04-28']],
    [29, '2027-01-31T00:00Z', ['2027-02-28', '2027-03-29', '2027-04-29']],
    [29, '2028-01-31T00:00Z', ['2028-02-29', '2028-03-29', '2028-04-29']],
    [30, '2028-01-31T00:00Z', ['2028-02-29', '2028-03-30', '2028-04-30']],
    [31, '2026-11-30T23:00Z', ['2026-12-31', '2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30']],
    ['last', '2026-11-30T23:00Z', ['2026-12-31', '2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30']],
    [1, '2026-12-31T23:00Z', ['2027-01-01', '2027-02-01', '2027-03-01']],
  ])('takes the last day of a month that is shorter: day %s', (day, from, dates) => {
    const instants = next({ every: 'month', day, at: '22:00', timeZone: 'UTC' }, from, dates.length);

    expect(instants).toEqual(dates.map((date) => `${date}T22:00Z`));
  });
});

it.each([-1, 0, 1])('is always later than the instant asked about: %d ms from a delivery', (away) => {
  const delivery = Date.parse('2026-11-23T08:00Z');

  const due = nextDelivery(daily('09:00', 'Europe/Berlin'), delivery + away);

  expect(due).toBe(away < 0 ? delivery : delivery + 24 * HOUR);
});

it('follows the stated rule at any instant since 1990, in any zone', () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const instants = fc.integer({ min: Date.UTC(1990, 0, 1) / 60_000, max: Date.UTC(2040, 0, 1) / 60_000 });
  const minutesOfDay = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const isDueAsStated = fc.property(zones, instants, minutesOfDay, (timeZone, minute, time) => {
    const from = minute * 60_000;
    const rules = createStatedRules(minutesBetween(timeZone, from - 3 * HOUR, from + 26 * HOUR));
    const at = `${String(Math.floor(time / 60)).padStart(2, '0')}:${String(time % 60).padStart(2, '0')}`;
    for (const schedule of [daily(at, timeZone), hourly(time % 60, timeZone)]) {
      const stated = rules(schedule).find((due) => due > from);
      expect(nextDelivery(schedule, from)).toBe(stated);
    }
  });

  fc.assert(isDueAsStated, { numRuns: 200, seed: 2026 });
});

it.each([
  'US/Pacific',
  'Asia/Calcutta',
  'Europe/Kyiv',
  'EST',
  'CST6CDT',
  'GMT0',
  'Etc/GMT+5',
  'Zulu',
  'NZ-CHAT',
  'europe/berlin',
])('takes the older and the odd names of zones: %s', (timeZone) => {
  const due = isTimeZone(timeZone) && nextDelivery(hourly(0, timeZone), Date.UTC(2026, 10, 21));

  expect(due).toBe(
    Date.UTC(2026, 10, 21) + (timeZone === 'Asia/Calcutta' ? HOUR / 2 : timeZone === 'NZ-CHAT' ? HOUR / 4 : HOUR),
  );
});
