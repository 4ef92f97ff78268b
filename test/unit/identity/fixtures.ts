/** What identity's tests share: keys, a clock, and a store of what happened once. */

import type { OnceTable } from '../../../shared/identity/once-table.ts';
import type { Key, KeyRing } from '../../../shared/platform/key-ring.ts';

/** The instant at which these tests happen. */
export const NOW = Date.parse('2026-11-21T09:00:00Z');
/** The same in seconds, as JWTs count. */
export const NOW_SECONDS = NOW / 1000;

/** A key whose 32 bytes are all `fill`. */
export function aKey(id: string, fill: number): Key {
  return { id, bytes: new Uint8Array(32).fill(fill), createdAt: 0 };
}

/** A ring of the keys given, oldest first; the last one signs. */
export function aKeyRing(...keys: Key[]): KeyRing {
  return {
    current() {
      const key = keys.at(-1);
      if (key === undefined) throw new Error('an empty key ring');
      return key;
    },
    find: (id) => keys.find((key) => key.id === id),
    all: () => keys.toReversed(),
  };
}

/** Remembers in memory what was claimed; table semantics are proved on Azurite, in test/integration/connect. */
export function aOnceStore(): Pick<OnceTable, 'claim'> & { readonly claimed: Set<string> } {
  const claimed = new Set<string>();
  return {
    claimed,
    async claim({ kind, key }) {
      const id = `${kind}/${key}`;
      if (claimed.has(id)) return { first: false, mark: '' };
      claimed.add(id);
      return { first: true };
    },
  };
}
