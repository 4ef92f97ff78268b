/** What a lint rule is: where it looks, at what level, and what it finds. */
import { isRaw, join, listIn, type Place, type Raw } from './lint-places.ts';

/** `error`: a webhook or client would refuse or cut it, or it is unsafe. `warning`: it works, but is legacy or unwise. */
export type Level = 'error' | 'warning';

/** What is wrong, at which path below the place. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** One rule: at which places it looks, and what it finds there. */
export interface Rule {
  readonly name: string;
  readonly level: Level;
  check(place: Place): readonly Fault[];
}

/** A place of one kind. */
export type PlaceOf<Kind extends Place['is']> = Extract<Place, { is: Kind }>;

/** A rule that looks at one kind of place; `find` gives a message, or faults with paths of their own. */
export function rule<Kind extends Place['is']>(
  name: string,
  level: Level,
  is: Kind,
  find: (place: PlaceOf<Kind>) => string | undefined | readonly Fault[],
): Rule {
  return {
    name,
    level,
    check(place) {
      if (!isAt(place, is)) return [];
      const found = find(place);
      if (found === undefined) return [];
      return typeof found === 'string' ? [{ path: place.path, message: found }] : found;
    },
  };
}

function isAt<Kind extends Place['is']>(place: Place, is: Kind): place is PlaceOf<Kind> {
  return place.is === is;
}

/** Faults of the fields that are present and fail a test. */
export function fields(
  place: Place & { value: Raw },
  names: readonly string[],
  find: (value: unknown) => string | undefined,
): Fault[] {
  return names.flatMap((name) => {
    const message = name in place.value ? find(place.value[name]) : undefined;
    return message === undefined ? [] : [{ path: join(place.path, name), message }];
  });
}

const MARKDOWN_LINK = /(?<!\\)\]\(\s*<?([^\s)>]*)/g;

/** The protocol of an address, with its colon; undefined for what is no address. */
export const protocolOf = (address: string) => (URL.canParse(address) ? new URL(address).protocol : undefined);
/** True for http and https. */
export const isHttp = (address: string) => /^https?:$/.test(protocolOf(address) ?? '');

/** Addresses that a card or action leads to, with their paths. */
export function addressesOf({ value, path }: { value: Raw; path: string }): { path: string; address: string }[] {
  const targets = listIn(value, 'targets').flatMap((target, index) =>
    isRaw(target) && typeof target['uri'] === 'string'
      ? [{ path: `${join(path, 'targets')}[${index}].uri`, address: target['uri'] }]
      : [],
  );
  const legacy = listIn(value, 'target').flatMap((address, index) =>
    typeof address === 'string' ? [{ path: `${join(path, 'target')}[${index}]`, address }] : [],
  );
  return [...targets, ...legacy];
}

/** The addresses of the Markdown links in a text. */
export function links(place: PlaceOf<'text'>): string[] {
  return [...place.value.matchAll(MARKDOWN_LINK)].map((match) => match[1] ?? '');
}
