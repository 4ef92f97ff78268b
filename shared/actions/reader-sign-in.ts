/** Signing in at Entra for the reader of a link, where a channel demands to know who acts: there and back by a form that Entra posts. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Cookie } from '@azure/functions';
import { z } from 'zod';
import type { EntraPerson, VerifyEntraToken } from '../identity/entra-token.ts';
import { EntraTokenError } from '../identity/entra-token-error.ts';
import type { SignedTokens } from '../identity/signed-token.ts';
import { crossSiteCookie, expiredCookie, readCookie } from '../platform/cookies.ts';
import { SignInNotConfiguredError, SignInRefusedError } from './errors.ts';

const LIFETIME_SECONDS = 10 * 60;
const COOKIE = '__Host-tidings-reader';

const stateSchema = z.object({ id: z.string(), link: z.string(), browser: z.string() });
const backSchema = z.object({ state: z.string(), id_token: z.string().optional(), error: z.string().optional() });

/** `entra`: where people sign in and for which application; undefined: it is not set up. `newSecret` gives 128 random bits in base64url. */
export interface ReaderSignInDeps {
  readonly tokens: SignedTokens;
  readonly verifyIdToken: VerifyEntraToken;
  readonly entra: { readonly authority: string; readonly clientId: string } | undefined;
  readonly publicUrl: string;
  readonly newSecret: () => string;
}

/** The way to Entra. */
export interface BegunSignIn {
  readonly location: string;
  readonly cookie: Cookie;
}

/** A reader who came back: for which link, and who. */
export interface SignedInReader {
  readonly id: string;
  readonly link: string;
  readonly person: EntraPerson;
  readonly cookie: Cookie;
}

/** Sends readers to Entra and recognises them when they come back. Nothing is stored. */
export type ReaderSignIn = ReturnType<typeof createReaderSignIn>;

export function createReaderSignIn({ tokens, verifyIdToken, entra, publicUrl, newSecret }: ReaderSignInDeps) {
  return {
    /** @throws SignInNotConfiguredError. */
    begin({ id, link, tenant }: { id: string; link: string; tenant: string | undefined }): BegunSignIn {
      if (entra === undefined) throw new SignInNotConfiguredError();
      const secret = newSecret();
      const nonce = hash(secret);
      const claims = { id, link, browser: nonce };
      const location = new URL(`${entra.authority}/${tenant ?? 'organizations'}/oauth2/v2.0/authorize`);
      const query = {
        client_id: entra.clientId,
        response_type: 'id_token',
        response_mode: 'form_post', // no script of ours, and no token in an address
        redirect_uri: `${publicUrl}/links/signed-in`,
        scope: 'openid profile',
        nonce,
        state: tokens.signNow({ purpose: 'sign-in', claims, lifetimeSeconds: LIFETIME_SECONDS }),
      };
      for (const [name, value] of Object.entries(query)) location.searchParams.set(name, value);
      return { location: location.href, cookie: crossSiteCookie(COOKIE, secret, LIFETIME_SECONDS) };
    },

    /** @throws EntraTokenError or SignInRefusedError. */
    async finish(form: URLSearchParams, cookies: string | null): Promise<SignedInReader> {
      const back = backSchema.safeParse(Object.fromEntries(form));
      const verified = back.success ? await tokens.verify('sign-in', back.data.state) : undefined;
      const state = verified?.ok === true ? stateSchema.safeParse(verified.claims) : undefined;
      if (!back.success || state?.success !== true) throw new EntraTokenError('actor-token-nonce');
      const { id, link, browser } = state.data;
      const secret = readCookie(cookies, COOKIE) ?? '';
      if (!timingSafeEqual(Buffer.from(hash(secret)), Buffer.from(browser)))
        throw new EntraTokenError('actor-token-nonce');
      const { id_token: token, error } = back.data;
      if (error !== undefined || token === undefined) throw new SignInRefusedError();
      const { person, claims } = await verifyIdToken(token);
      if (claims['nonce'] !== browser) throw new EntraTokenError('actor-token-nonce');
      return { id, link, person, cookie: expiredCookie(COOKIE) };
    },
  };
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
