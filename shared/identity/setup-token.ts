/** Setup tokens: a JWT by which the product says who someone is. Good once, for five minutes, for one address. */
import { decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { KeyRing } from '../platform/key-ring.ts';
import { SetupKeysUnavailableError, SetupTokenError, type SetupTokenFault } from './errors.ts';
import type { OnceTable } from './once-table.ts';

/** What the product may sign with; one algorithm per configuration, whatever the token's header says. */
export type SetupKeys =
  | { readonly algorithm: 'HS256'; readonly keys: Pick<KeyRing, 'all'> }
  | { readonly algorithm: 'ES256'; readonly keys: JWTVerifyGetKey };

/** What checking needs. `audience` is our address; without `issuer` every token is refused. */
export interface SetupTokenDeps {
  readonly keys: SetupKeys;
  readonly issuer: string | undefined;
  readonly audience: string;
  readonly once: Pick<OnceTable, 'claim'>;
  /** The real wall clock, in milliseconds since 1970: the product's clock is real too. */
  readonly now: () => number;
}

const claimsSchema = z.object({
  iss: z.string(),
  jti: z.string().min(1).max(200),
  iat: z.number(),
  exp: z.number(),
  account: z.string().min(1).max(200),
  sub: z.string().min(1).max(200),
  tid: z.guid().toLowerCase().optional(),
  role: z.enum(['admin', 'member']).optional(),
  nonce: z.string().min(1).max(200).optional(),
});

/** What a setup token says. */
export type SetupClaims = z.infer<typeof claimsSchema>;

const MAX_TOKEN_CHARS = 8192;
const MAX_LIFETIME_SECONDS = 5 * 60;
/** How far the product's clock may be from ours. */
const TOLERANCE_SECONDS = 60;

/** What a token is traded for: `code` at the end of a sign-in window, whose nonce the token must name, and no other may. */
export type SetupTokenUse = 'session' | 'code';

/** Checks a token and spends it. @throws SetupTokenError with the reason, or SetupKeysUnavailableError. */
export function createRedeemSetupToken({ keys, issuer, audience, once, now }: SetupTokenDeps) {
  return async function redeemSetupToken(token: string, use: SetupTokenUse): Promise<SetupClaims> {
    const payload = await verify(token, keys, now());
    if (issuer === undefined || payload.iss !== issuer) throw new SetupTokenError('setup-token-issuer');
    if (payload.aud !== audience && !isOnly(payload.aud, audience)) throw new SetupTokenError('setup-token-audience');
    const parsed = claimsSchema.safeParse(payload);
    if (!parsed.success) throw new SetupTokenError('setup-token-claims');
    const { jti, iat, exp } = parsed.data;
    if (iat > now() / 1000 + TOLERANCE_SECONDS) throw new SetupTokenError('setup-token-not-yet');
    if (exp - iat > MAX_LIFETIME_SECONDS) throw new SetupTokenError('setup-token-lifetime');
    // A token made for one sign-in window starts no session elsewhere, and one made for none cannot be slipped into a window.
    if ((parsed.data.nonce !== undefined) !== (use === 'code')) throw new SetupTokenError('setup-token-nonce');
    // Last, so that a token refused for another reason stays unspent; kept until the token is too old to get here.
    const until = (exp + TOLERANCE_SECONDS) * 1000;
    const claim = await once.claim({ kind: 'setup-token', key: jti, until });
    if (!claim.first) throw new SetupTokenError('setup-token-used');
    return parsed.data;
  };
}

/** Trades a setup token for what it says. */
export type RedeemSetupToken = ReturnType<typeof createRedeemSetupToken>;

async function verify(token: string, keys: SetupKeys, now: number): Promise<JWTPayload> {
  const algorithm = readAlgorithm(token);
  if (algorithm === undefined) throw new SetupTokenError('setup-token-malformed');
  if (algorithm !== keys.algorithm) throw new SetupTokenError('setup-token-algorithm');
  const options = {
    algorithms: [keys.algorithm],
    clockTolerance: TOLERANCE_SECONDS,
    currentDate: new Date(now),
    requiredClaims: ['exp', 'iat'],
  };
  if (keys.algorithm === 'ES256') return attempt(() => jwtVerify(token, keys.keys, options));
  let fault: unknown;
  for (const { bytes } of keys.keys.all()) {
    try {
      return await attempt(() => jwtVerify(token, bytes, options));
    } catch (error) {
      fault = error;
      // Signed by an earlier version of the key, perhaps: while it is rotated both are in use.
      if (!(error instanceof SetupTokenError) || error.code !== 'setup-token-signature') break;
    }
  }
  throw fault;
}

async function attempt(check: () => Promise<{ payload: JWTPayload }>): Promise<JWTPayload> {
  try {
    return (await check()).payload;
  } catch (error) {
    throw new SetupTokenError(faultOf(error));
  }
}

function faultOf(error: unknown): SetupTokenFault {
  if (error instanceof errors.JWTExpired) return 'setup-token-expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'nbf' || error.claim === 'iat' ? timeFault(error.reason) : 'setup-token-claims';
  }
  const notThisKey = [
    errors.JWSSignatureVerificationFailed,
    errors.JWKSNoMatchingKey,
    errors.JWKSMultipleMatchingKeys, // no `kid`, and several keys to choose from
  ];
  if (notThisKey.some((kind) => error instanceof kind)) return 'setup-token-signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'setup-token-algorithm';
  const notAToken = [errors.JWSInvalid, errors.JWTInvalid, errors.JOSENotSupported];
  if (notAToken.some((kind) => error instanceof kind)) return 'setup-token-malformed';
  throw new SetupKeysUnavailableError(); // nothing is left but that the key set could not be fetched
}

/** A time claim is missing or not a number, or it lies ahead. */
function timeFault(reason: string): SetupTokenFault {
  return reason === 'check_failed' ? 'setup-token-not-yet' : 'setup-token-claims';
}

function isOnly(audiences: JWTPayload['aud'], audience: string): boolean {
  return Array.isArray(audiences) && audiences.length === 1 && audiences[0] === audience;
}

function readAlgorithm(token: string): string | undefined {
  if (token.length > MAX_TOKEN_CHARS) return undefined;
  try {
    return decodeProtectedHeader(token).alg;
  } catch {
    return undefined;
  }
}
