/** The next times, with what daylight saving does to them. */
import { upcoming } from '../../../shared/schedules/upcoming.ts';

it('points out the first time after the clocks changed', () => {
  const daily = { every: 'day', at: '09:00', timeZone: 'Europe/Berlin' } as const;

  const times = upcoming(daily, Date.parse('2026-10-23T12:00:00Z'), 3);

  expect(times.map(({ at }) => new Date(at).toISOString())).toEqual([
    '2026-10-24T07:00:00.000Z',
    '2026-10-25T08:00:00.000Z',
    '2026-10-26T08:00:00.000Z',
  ]);
  expect(times.map(({ clockChange }) => clockChange)).toEqual([undefined, { from: '+02:00', to: '+01:00' }, undefined]);
});

it('says where the chosen time is skipped, and when it comes instead', () => {
  const daily = { every: 'day', at: '02:30', timeZone: 'Europe/Berlin' } as const;

  const times = upcoming(daily, Date.parse('2026-03-28T12:00:00Z'), 2);

  expect(times).toEqual([
    {
      at: Date.parse('2026-03-29T01:00:00Z'),
      local: '2026-03-29T03:00',
      clockChange: { from: '+01:00', to: '+02:00' },
      isMoved: true,
    },
    { at: Date.parse('2026-03-30T00:30:00Z'), local: '2026-03-30T02:30', clockChange: undefined, isMoved: false },
  ]);
});

it('finds no hourly time moved', () => {
  const hourly = { every: 'hour', minute: 15, timeZone: 'Asia/Kathmandu' } as const;

  const times = upcoming(hourly, Date.parse('2026-03-28T12:00:00Z'), 5);

  expect(times.map(({ isMoved }) => isMoved)).toEqual([false, false, false, false, false]);
});
