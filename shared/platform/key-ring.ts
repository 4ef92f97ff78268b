/** A rotating key: its versions, and which of them is used now. */

/** One version of a key. */
export interface Key {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly createdAt: number;
}

/** The versions of a key that are in force. */
export interface KeyRing {
  /** The one to sign or seal with. @throws KeysUnavailableError before the first load. */
  current(): Key;
  /** The one with this id; undefined when it is unknown or was disabled. */
  find(id: string): Key | undefined;
  /** All of them, the one to try first first. */
  all(): readonly Key[];
}

/** How long a new version is only accepted, not used: every process has loaded it by then (they look every 10 minutes). */
export const NEW_KEY_SETTLES_MS = 20 * 60_000;

/** The newest version that has settled; when none has, the oldest, which others know longest. `keys`: oldest first. */
export function currentKey(keys: readonly Key[], now: number): Key | undefined {
  return keys.findLast((key) => key.createdAt <= now - NEW_KEY_SETTLES_MS) ?? keys[0];
}
