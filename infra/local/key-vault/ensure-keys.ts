/** Makes the keys that a deployment would have made; for the local start only. */
import { randomBytes } from 'node:crypto';
import type { SecretsVault } from '../../../shared/platform/secrets-vault.ts';

const KEYS = ['signing-key', 'sealing-key', 'setup-key'];

/** Adds each key that is missing; those that are there stay. Waits until the vault answers, for as long as the SDK retries. */
export async function ensureKeys(vault: Pick<SecretsVault, 'read' | 'write'>): Promise<void> {
  for (const name of KEYS) {
    // 32 bytes; as text it is long enough for the product's HS256 too.
    if ((await vault.read(name)) === undefined) await vault.write(name, randomBytes(32).toString('base64url'));
  }
}
