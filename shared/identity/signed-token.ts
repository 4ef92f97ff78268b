/** Tokens we sign ourselves. Each purpose has a key of its own, so that no token is good for anything it was not made for. */
import { createHmac, hkdfSync } from 'node:crypto';
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { currentKey, type Key, type KeyRing } from '../platform/key-ring.ts';

/** What a token is for. */
export type TokenPurpose =
  | 'bearer'
  | 'cookie'
  | 'connect'
  | 'action'
  | 'link'
  | 'digest'
  | 'chart'
  | 'form'
  | 'sign-in'
  | 'person';

/** Why a token is refused. */
export type TokenFault = 'malformed' | 'purpose' | 'key' | 'signature' | 'expired';

/** What verifying found. */
export type Verified =
  | { readonly ok: true; readonly claims: JWTPayload }
  | { readonly ok: false; readonly fault: TokenFault };

/** A token to be made. */
export interface TokenDraft {
  readonly purpose: TokenPurpose;
  readonly claims: JWTPayload;
  readonly lifetimeSeconds: number;
  /** Milliseconds since 1970; now unless given, as for a link that must come out the same each time. */
  readonly issuedAt?: number;
}

/** Signs and verifies. */
export interface SignedTokens {
  sign(draft: TokenDraft): Promise<string>;
  /** The same at once: a card has up to thirty of them and is drawn in one go. */
  signNow(draft: TokenDraft): string;
  verify(purpose: TokenPurpose, token: string): Promise<Verified>;
}

/** `now`: the real wall clock, in milliseconds since 1970, since others' clocks are real too. */
export interface SignedTokensDeps {
  readonly keys: KeyRing;
  readonly now: () => number;
}

/** Longer than any token of ours; stops work on what is not one. */
const MAX_TOKEN_CHARS = 4096;

/** Tokens by the signing key's versions: the current one signs, all in force verify. */
export function createSignedTokens({ keys, now }: SignedTokensDeps): SignedTokens {
  const derived = new Map<string, Uint8Array>();

  function keyFor(purpose: TokenPurpose, key: Key): Uint8Array {
    const name = `${key.id}/${purpose}`;
    const known = derived.get(name);
    if (known !== undefined) return known;
    const bytes = new Uint8Array(hkdfSync('sha256', key.bytes, '', `tidings token ${purpose}`, 32));
    derived.set(name, bytes);
    return bytes;
  }

  function signNow({ purpose, claims, lifetimeSeconds, issuedAt }: TokenDraft): string {
    // What must come out the same each time is signed as it was then, whatever was rotated since.
    const then = issuedAt === undefined ? undefined : currentKey(keys.all().toReversed(), issuedAt);
    const key = then ?? keys.current();
    const iat = Math.floor((issuedAt ?? now()) / 1000);
    const header = encode({ alg: 'HS256', typ: purpose, kid: key.id });
    const payload = encode({ ...claims, iat, exp: iat + lifetimeSeconds });
    const signature = createHmac('sha256', keyFor(purpose, key)).update(`${header}.${payload}`).digest('base64url');
    return `${header}.${payload}.${signature}`;
  }

  return {
    signNow,
    sign: async (draft) => signNow(draft),

    async verify(purpose, token) {
      const header = readHeader(token);
      if (header === undefined) return { ok: false, fault: 'malformed' };
      if (header.typ !== purpose) return { ok: false, fault: 'purpose' };
      const key = header.kid === undefined ? undefined : keys.find(header.kid);
      if (key === undefined) return { ok: false, fault: 'key' };
      try {
        const { payload } = await jwtVerify(token, keyFor(purpose, key), {
          algorithms: ['HS256'],
          currentDate: new Date(now()),
          requiredClaims: ['exp', 'iat'],
        });
        return { ok: true, claims: payload };
      } catch (error) {
        return { ok: false, fault: faultOf(error) };
      }
    },
  };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function readHeader(token: string) {
  if (token.length > MAX_TOKEN_CHARS || token.split('.').length !== 3) return undefined;
  try {
    return decodeProtectedHeader(token);
  } catch {
    return undefined;
  }
}

function faultOf(error: unknown): TokenFault {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JOSEAlgNotAllowed)
    return 'signature';
  if (error instanceof errors.JOSEError) return 'malformed';
  throw error;
}
