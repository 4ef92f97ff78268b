import { insertionTime } from '../../../shared/platform/insertion-time.ts';

it.each([
  ['a date as text', { insertionTime: '2026-11-21T09:00:00+00:00' }, Date.parse('2026-11-21T09:00:00Z')],
  ['a date', { insertionTime: new Date(5) }, 5],
  ['what is no date', { insertionTime: 'soon' }, 7],
  ['nothing', {}, 7],
  ['no metadata at all', undefined, 7],
])('reads %s', (_, metadata, at) => {
  expect(insertionTime(metadata, 7)).toBe(at);
});
