/** Checks a token that Entra, or the older action service, signed for a person. The order of checks: docs/microsoft.md. */
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { IssuerForm, IssuerRule } from '../platform/issuers.ts';
import { hasDuplicateMembers } from './duplicate-members.ts';
import { EntraTokenError, type EntraTokenFault } from './entra-token-error.ts';

/** A person as a token names them. `name` is for people to read: it proves nothing. */
export interface EntraPerson {
  readonly tid: string;
  readonly oid: string;
  readonly name?: string | undefined;
}

/** A token that passed. */
export interface VerifiedPerson {
  readonly person: EntraPerson;
  readonly claims: JWTPayload;
}

/** An issuer that is accepted, and its keys. */
export interface AcceptedIssuer {
  readonly rule: IssuerRule;
  readonly findKey: JWTVerifyGetKey;
}

/** What is accepted. `clients`: the applications that a token may have been given to; undefined: it is not asked for. */
export interface EntraTokenDeps {
  readonly issuers: readonly AcceptedIssuer[];
  readonly audienceOf: (form: IssuerForm) => string | undefined;
  readonly clients?: readonly string[] | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Microsoft's tokens stay under 4 KB; with hundreds of groups they leave those out. */
const MAX_TOKEN_CHARS = 16_384;
const CLOCK_TOLERANCE_SECONDS = 5 * 60;
/** Header fields by which a token would bring its own key. */
const OWN_KEYS = ['jku', 'jwk', 'x5u', 'x5c', 'crit'] as const;

const guid = z.guid().toLowerCase();
const text = z.string().min(1).max(200).optional().catch(undefined);
const personSchema = z.object({ tid: guid, oid: guid, name: text, preferred_username: text });
const namedSchema = z.object({ iss: z.string(), tid: z.string().optional() });

/** Checks tokens. @throws EntraTokenError with the code of the first check that failed, or EntraKeysUnavailableError. */
export function createVerifyEntraToken({ issuers, audienceOf, clients, now }: EntraTokenDeps) {
  return async function verifyEntraToken(token: string): Promise<VerifiedPerson> {
    const { header, payload } = readUnverified(token);
    if (OWN_KEYS.some((field) => field in header)) throw new EntraTokenError('actor-token-header');
    if (header['alg'] !== 'RS256') throw new EntraTokenError('actor-token-algorithm');
    const named = namedSchema.safeParse(payload);
    const accepted = named.success ? issuers.find(({ rule }) => isFrom(rule, named.data)) : undefined;
    if (accepted === undefined) throw new EntraTokenError('actor-token-issuer');
    if (typeof header['kid'] !== 'string') throw new EntraTokenError('actor-token-key');
    const { form } = accepted.rule;
    const audience = audienceOf(form);
    if (audience === undefined) throw new EntraTokenError('actor-token-audience');
    const claims = await verify(token, accepted.findKey, audience);
    if (typeof claims.aud !== 'string') throw new EntraTokenError('actor-token-audience');
    const client = form === 'v2' ? claims['azp'] : claims['appid'];
    if (clients !== undefined && !(typeof client === 'string' && clients.includes(client)))
      throw new EntraTokenError('actor-token-service');
    return { person: personOf(form, claims), claims };
  };

  async function verify(token: string, findKey: JWTVerifyGetKey, audience: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, findKey, {
        algorithms: ['RS256'],
        audience,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(now()),
        requiredClaims: ['exp', 'nbf', 'iat'],
      });
      return payload;
    } catch (error) {
      throw faultOf(error);
    }
  }
}

/** Checks a token. */
export type VerifyEntraToken = ReturnType<typeof createVerifyEntraToken>;

/** The issuer must be the one of the tenant that the token itself names. */
function isFrom({ issuer }: IssuerRule, { iss, tid }: z.infer<typeof namedSchema>): boolean {
  return iss === (tid === undefined ? issuer : issuer.replace('{tid}', tid));
}

/** The older tokens name a person of a connector in `sub`, Entra's in `oid`; Entra's `sub` is another for every application. */
function personOf(form: IssuerForm, claims: JWTPayload): EntraPerson {
  const parsed = personSchema.safeParse(form === 'legacy' ? { ...claims, oid: claims.sub } : claims);
  if (!parsed.success) throw new EntraTokenError('actor-token-claims');
  const { tid, oid, name, preferred_username } = parsed.data;
  return { tid, oid, name: name ?? preferred_username };
}

type Members = Readonly<Record<string, unknown>>;

/** Header and claims as they stand, to choose a key by; nothing of it is believed yet. */
function readUnverified(token: string): { header: Members; payload: Members } {
  const parts = token.split('.');
  if (token.length > MAX_TOKEN_CHARS || parts.length !== 3 || !parts.every((part) => /^[\w-]*$/.test(part)))
    throw new EntraTokenError('actor-token-malformed');
  const [header, payload] = parts.slice(0, 2).map((part) => readMembers(part));
  if (header === undefined || payload === undefined) throw new EntraTokenError('actor-token-malformed');
  return { header, payload };
}

function readMembers(part: string): Members | undefined {
  try {
    const json = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url'));
    const value: unknown = JSON.parse(json);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && !hasDuplicateMembers(json) ? (value as Members) : undefined;
  } catch {
    return undefined;
  }
}

/** What jose found; what it did not find (keys that cannot be reached) stays as it is. */
function faultOf(error: unknown): unknown {
  if (!(error instanceof errors.JOSEError)) return error;
  return new EntraTokenError(codeOf(error));
}

function codeOf(error: errors.JOSEError): EntraTokenFault {
  if (error instanceof errors.JWTExpired) return 'actor-token-expired';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'actor-token-signature';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'actor-token-key';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'actor-token-audience';
    return error.claim === 'nbf' && error.reason === 'check_failed' ? 'actor-token-not-yet' : 'actor-token-claims';
  }
  return 'actor-token-malformed';
}
