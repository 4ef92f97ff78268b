/** The product's public keys, fetched from the address in our settings; never from one that a token names. */
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';

/** A key set that is fetched when first needed, kept for ten minutes, and fetched again for an unknown key at most twice a minute. */
export function createSetupKeySet(url: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), { cacheMaxAge: 600_000, cooldownDuration: 30_000, timeoutDuration: 5_000 });
}
