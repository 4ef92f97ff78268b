/** Signing keys that can be rotated: one signs, and those not yet dropped are published. */
import { exportJWK, generateKeyPair, type importJWK, type JWK } from 'jose';

/** Which key signs a token: the current one, one that nobody has published, or another key under the current one's id. */
export type SigningKey = 'current' | 'unknown' | 'impostor';

/** A key with its private half. */
export type PrivateJwk = JWK & { readonly kid: string };

async function newKey(): Promise<PrivateJwk> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = Buffer.from(crypto.getRandomValues(new Uint8Array(20))).toString('base64url');
  return { ...(await exportJWK(privateKey)), kid, use: 'sig' };
}

function publicHalf({ d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...half }: PrivateJwk): JWK {
  // Entra's keys carry the thumbprint beside the id, with the same value.
  return { ...half, x5t: half.kid };
}

/** A set of keys; `kept` are those of an earlier run, newest first. Making a key takes a while, so the first is made when it is needed. */
export function createKeys(kept: readonly PrivateJwk[] = []) {
  let keys: Promise<readonly PrivateJwk[]> | undefined = kept.length > 0 ? Promise.resolve(kept) : undefined;
  let stray: Promise<PrivateJwk> | undefined;
  const all = () => {
    keys ??= newKey().then((key) => [key]);
    return keys;
  };
  return {
    all,
    /** The public halves, as a key set document lists them. */
    published: async (): Promise<JWK[]> => (await all()).map(publicHalf),
    /** The private key and the id that the token's header shall name. */
    async signer(which: SigningKey): Promise<{ readonly kid: string; readonly key: Parameters<typeof importJWK>[0] }> {
      const current = (await all())[0];
      if (current === undefined) throw new Error('a key set without keys');
      if (which === 'current') return { kid: current.kid, key: current };
      stray ??= newKey();
      const other = await stray;
      return { kid: which === 'impostor' ? current.kid : other.kid, key: other };
    },
    /** Signs with a new key from now on; the old ones stay published until they are dropped. */
    async rotate(drop: 'keep-old' | 'drop-old'): Promise<void> {
      const next = [await newKey(), ...(drop === 'drop-old' ? [] : await all())];
      keys = Promise.resolve(next);
    },
  };
}

/** A set of keys. */
export type Keys = ReturnType<typeof createKeys>;
