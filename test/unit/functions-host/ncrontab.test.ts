/** NCRONTAB: when a timer fires. */
import { parseNcrontab } from '../../../infra/local/functions-host/ncrontab.ts';

const next = (expression: string, after: string) =>
  new Date(parseNcrontab(expression).next(Date.parse(after))).toISOString();

it.each([
  ['0 * * * * *', '2026-11-21T11:59:59.999Z', '2026-11-21T12:00:00.000Z'],
  ['0 * * * * *', '2026-11-21T12:00:00.000Z', '2026-11-21T12:01:00.000Z'],
  ['*/15 * * * * *', '2026-11-21T12:00:31Z', '2026-11-21T12:00:45.000Z'],
  ['5/20 * * * * *', '2026-11-21T12:00:26Z', '2026-11-21T12:00:45.000Z'],
  ['0 10-20/5 * * * *', '2026-11-21T12:15:00Z', '2026-11-21T12:20:00.000Z'],
  ['0 0,30 9,17 * * *', '2026-11-21T09:30:00Z', '2026-11-21T17:00:00.000Z'],
  ['0 0 0 1 1 *', '2026-11-21T12:00:00Z', '2027-01-01T00:00:00.000Z'],
  ['0 0 0 31 * *', '2026-11-21T12:00:00Z', '2026-12-31T00:00:00.000Z'],
  ['0 0 0 29 2 *', '2026-11-21T12:00:00Z', '2028-02-29T00:00:00.000Z'],
  ['0 0 9 * * 1-5', '2026-11-20T09:00:00Z', '2026-11-23T09:00:00.000Z'],
  ['0 0 9 * * Mon-Fri', '2026-11-20T09:00:00Z', '2026-11-23T09:00:00.000Z'],
  ['0 0 9 * January Sunday', '2026-11-20T09:00:00Z', '2027-01-03T09:00:00.000Z'],
  ['0 0 0 13 * 5', '2026-11-21T00:00:00Z', '2027-08-13T00:00:00.000Z'], // day and weekday must both hold
])('%s fires after %s at %s', (expression, after, expected) => {
  expect(next(expression, after)).toBe(expected);
});

it.each([
  ['0 0 9 * *', 'it needs six fields'],
  ['00:05:00', 'it needs six fields'],
  ['60 * * * * *', 'is no second'],
  ['0 * 24 * * *', 'is no hour'],
  ['0 0 0 0 * *', 'is no day '],
  ['0 0 0 * 13 *', 'is no month'],
  ['0 0 0 * * 7', 'is no day of week'],
  ['0 0 0 * * Som', 'is no day of week'],
  ['0 30-10 * * * *', 'is no minute'],
  ['0 */0 * * * *', 'is no minute'],
  ['0 0 0 30 2 *', 'never occurs'],
])('refuses %s', (expression, reason) => {
  expect(() => parseNcrontab(expression)).toThrow(reason);
});

it.each([
  ['0 * * * * *', false],
  ['30 */5 * * * *', false],
  ['0,30 0 9 * * *', true],
  ['* * * * * *', true],
])('knows whether %s fires more than once within a minute', (expression, expected) => {
  expect(parseNcrontab(expression).withinMinute).toBe(expected);
});
