/** Signing in on Entra's own page: the way there, and the id token that comes back. Source: "OpenID Connect on the Microsoft identity platform", Microsoft Learn. */
import { createHash } from 'node:crypto';
import type { EntraPerson, VerifyEntraToken } from './entra-token.ts';
import { NotIdTokenError } from './errors.ts';

/** Where people sign in, such as `https://login.microsoftonline.com`, and for which application. */
export interface EntraApplication {
  readonly authority: string;
  readonly clientId: string;
}

/** A way to Entra. `tenant`: only its people; by default those of every organisation. `nonce` comes back inside the token. */
export interface EntraSignIn {
  readonly tenant?: string | undefined;
  readonly redirectUri: string;
  /** How the answer travels; never in a query, which ends up in histories and logs. */
  readonly responseMode: 'form_post' | 'fragment';
  readonly nonce: string;
  readonly state?: string;
  /** Somebody presses a button there, even who is signed in already. */
  readonly asks?: boolean;
}

/** What an id token says. `expires`: milliseconds since 1970. */
export interface SignedInPerson {
  readonly person: EntraPerson;
  readonly nonce: string;
  readonly expires: number;
}

/** A nonce is a SHA-256 in base64url. */
const NONCE = /^[\w-]{43}$/;

/** The nonce that belongs to a secret. */
export function nonceOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** True for what can be a nonce of ours. */
export function isNonce(value: unknown): value is string {
  return typeof value === 'string' && NONCE.test(value);
}

/** The application at the issuer that signs for it: `https://…/{tid}/v2.0`. */
export function entraApplication(issuer: string, clientId: string): EntraApplication {
  return { authority: issuer.replace('/{tid}/v2.0', ''), clientId };
}

/** The address to send a browser to. */
export function signInAddress({ authority, clientId }: EntraApplication, signIn: EntraSignIn): string {
  const { tenant = 'organizations', redirectUri, responseMode, nonce, state, asks = false } = signIn;
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'id_token',
    response_mode: responseMode,
    redirect_uri: redirectUri,
    scope: 'openid profile',
    nonce,
    ...(state === undefined ? {} : { state }),
    ...(asks ? { prompt: 'select_account' } : {}),
  });
  return `${authority}/${tenant}/oauth2/v2.0/authorize?${query}`;
}

/**
 * Checks an id token. A token for acting in our application has the same issuer and audience: that one holds a permission
 * (`scp`) and names no sign-in, and is refused. @throws as `verify` does, or NotIdTokenError.
 */
export function createVerifyIdToken(verify: VerifyEntraToken) {
  return async function verifyIdToken(token: string): Promise<SignedInPerson> {
    const { person, claims } = await verify(token);
    const { nonce, exp = 0 } = claims;
    if ('scp' in claims || !isNonce(nonce)) throw new NotIdTokenError();
    return { person, nonce, expires: exp * 1000 };
  };
}

/** Checks an id token. */
export type VerifyIdToken = ReturnType<typeof createVerifyIdToken>;
