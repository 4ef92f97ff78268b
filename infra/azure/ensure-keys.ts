/** The app's keys, made where they are used: in the vault. No template, output, log or file ever holds one. */
import { randomBytes } from 'node:crypto';
import type { KeyName } from '../../shared/platform/keys-vault.ts';
import type { SecretsVault } from '../../shared/platform/secrets-vault.ts';

const KEYS: readonly KeyName[] = ['signing-key', 'sealing-key', 'setup-key'];

/** What became of a key. */
export interface KeyMade {
  readonly name: KeyName;
  readonly was: 'made' | 'there';
}

/** A fresh key: 32 bytes; as text it is long enough for the product's HS256 too. */
export function newKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Adds each key that is missing; those that are there stay. Waits until the vault answers, for as long as the SDK retries. */
export async function ensureKeys(vault: Pick<SecretsVault, 'read' | 'write'>): Promise<KeyMade[]> {
  const keys: KeyMade[] = [];
  for (const name of KEYS) {
    const isThere = (await vault.read(name)) !== undefined;
    if (!isThere) await vault.write(name, newKey());
    keys.push({ name, was: isThere ? 'there' : 'made' });
  }
  return keys;
}
