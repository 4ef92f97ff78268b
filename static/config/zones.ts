/** Time zones as people look for them: by city, region, or the name that their language has for them. */

/** A zone that can be chosen. */
export interface Zone {
  readonly id: string;
  /** "Berlin". */
  readonly city: string;
  /** "GMT+1", by the date it is shown on. */
  readonly offset: string;
  /** Lower case, without accents: what is searched. */
  readonly words: string;
}

/** The zone of this browser. */
export function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** True for a zone this browser knows; the server checks again. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]+(\/|$)/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Every zone, cities in alphabetical order. Costs some 100 ms: ask when somebody wants to choose. */
export function listZones(locale: string, at: number): readonly Zone[] {
  const ids = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);
  const countries = countriesOf(locale);
  return [...ids]
    .map((id) => zoneOf(id, locale, at, countries.get(id) ?? ''))
    .sort((a, b) => a.city.localeCompare(b.city, locale));
}

/** Those in which every word of the search occurs. */
export function findZones(zones: readonly Zone[], search: string): readonly Zone[] {
  const words = plain(search)
    .split(/[\s/,]+/)
    .filter(Boolean);
  return zones.filter((zone) => words.every((word) => zone.words.includes(word)));
}

/** Text as it is compared in searches: lower case, without accents. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('_', ' ');
}

function zoneOf(id: string, locale: string, at: number, countries: string): Zone {
  const city = (id.split('/').at(-1) ?? id).replaceAll('_', ' ');
  const offset = nameOf(id, 'en', 'shortOffset', at);
  const local = nameOf(id, locale, 'longGeneric', at);
  return { id, city, offset, words: plain(`${id} ${city} ${local} ${offset} ${countries}`) };
}

function nameOf(timeZone: string, locale: string, timeZoneName: 'shortOffset' | 'longGeneric', at: number): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** Newer browsers have the method, older ones the property, some neither: there countries cannot be searched. */
interface RegionalLocale {
  getTimeZones?: () => readonly string[] | undefined;
  readonly timeZones?: readonly string[] | undefined;
}

/** The names of the countries in which a zone is used, by zone. */
function countriesOf(locale: string): Map<string, string> {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const countries = new Map<string, string>();
  for (const region of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = names.of(region);
    if (name === undefined) continue;
    const regional: Intl.Locale & RegionalLocale = new Intl.Locale(`und-${region}`);
    for (const zone of regional.getTimeZones?.() ?? regional.timeZones ?? [])
      countries.set(zone, `${countries.get(zone) ?? ''} ${name}`);
  }
  return countries;
}
