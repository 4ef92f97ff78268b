/** Time zones as people look for them. */
import { isTimeZone } from '../../../shared/schedules/schedule.ts';
import { findZones, isZone, listZones } from '../../../static/config/zones.ts';

const WINTER = Date.parse('2026-11-21T09:00:00Z');
const zones = listZones('en', WINTER);
const found = (search: string) => findZones(zones, search).map(({ id }) => id);

it.each([
  ['berlin', 'Europe/Berlin'],
  ['NEW YORK', 'America/New_York'],
  ['new_york', 'America/New_York'],
  ['tokyo japan', 'Asia/Tokyo'],
  ['germany', 'Europe/Berlin'],
  ['são paulo', 'America/Sao_Paulo'],
  ['gmt+1', 'Europe/Berlin'],
  ['utc', 'UTC'],
])('finds %s', (search, id) => {
  expect(found(search)).toContain(id);
});

it('finds nothing for what is nowhere', () => {
  expect(found('mordor')).toEqual([]);
});

it('offers what the API takes, and each zone once', () => {
  const ids = zones.map(({ id }) => id);

  expect(ids.filter((id) => !isTimeZone(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

it('speaks the reader’s language', () => {
  expect(findZones(listZones('de', WINTER), 'mitteleuropaische').map(({ id }) => id)).toContain('Europe/Berlin');
});

it.each(['', 'Berlin', '+02:00', 'Europe/Nowhere', 'x y'])('does not take %j for a zone', (name) => {
  expect(isZone(name)).toBe(false);
});
