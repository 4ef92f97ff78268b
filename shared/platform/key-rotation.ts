/** When a key's versions come into use, and when nothing needs them any more. */
import { NEW_KEY_SETTLES_MS } from './key-ring.ts';
import { LINKS_MS } from './retention.ts';

/** A version in the vault, by its id and when it was made (ms since 1970). */
export interface KeyVersion {
  readonly id: string;
  readonly createdAt: number;
}

/** A version that another has followed. `neededUntil`: for `signing-key`, when the last link that it signed expires. */
export interface Superseded extends KeyVersion {
  readonly neededUntil: number;
}

/** When a version made at an instant is used rather than only accepted. */
export function usedFrom(createdAt: number): number {
  return createdAt + NEW_KEY_SETTLES_MS;
}

/** Every version but the newest; `versions`: oldest first. Links signed until the next one came into use are good for 31 days. */
export function superseded(versions: readonly KeyVersion[]): Superseded[] {
  return versions.slice(0, -1).map((version, index) => {
    const next = versions[index + 1] ?? version;
    return { ...version, neededUntil: usedFrom(next.createdAt) + LINKS_MS };
  });
}
