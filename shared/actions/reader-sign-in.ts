/** Signing in at Entra for the reader of a link, where a channel demands to know who acts: there and back by a form that Entra posts. */
import { timingSafeEqual } from 'node:crypto';
import type { Cookie } from '@azure/functions';
import { z } from 'zod';
import { type EntraApplication, nonceOf, signInAddress, type VerifyIdToken } from '../identity/entra-sign-in.ts';
import type { EntraPerson } from '../identity/entra-token.ts';
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
  readonly verifyIdToken: VerifyIdToken;
  readonly entra: EntraApplication | undefined;
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
      const nonce = nonceOf(secret);
      const claims = { id, link, browser: nonce };
      const location = signInAddress(entra, {
        tenant,
        redirectUri: `${publicUrl}/links/signed-in`,
        responseMode: 'form_post', // no script of ours, and no token in an address
        nonce,
        state: tokens.signNow({ purpose: 'sign-in', claims, lifetimeSeconds: LIFETIME_SECONDS }),
      });
      return { location, cookie: crossSiteCookie(COOKIE, secret, LIFETIME_SECONDS) };
    },

    /** @throws EntraTokenError or SignInRefusedError. */
    async finish(form: URLSearchParams, cookies: string | null): Promise<SignedInReader> {
      const back = backSchema.safeParse(Object.fromEntries(form));
      const verified = back.success ? await tokens.verify('sign-in', back.data.state) : undefined;
      const state = verified?.ok === true ? stateSchema.safeParse(verified.claims) : undefined;
      if (!back.success || state?.success !== true) throw new EntraTokenError('actor-token-nonce');
      const { id, link, browser } = state.data;
      const secret = readCookie(cookies, COOKIE) ?? '';
      if (!timingSafeEqual(Buffer.from(nonceOf(secret)), Buffer.from(browser)))
        throw new EntraTokenError('actor-token-nonce');
      const { id_token: token, error } = back.data;
      if (error !== undefined || token === undefined) throw new SignInRefusedError();
      const { person, nonce } = await verifyIdToken(token);
      if (nonce !== browser) throw new EntraTokenError('actor-token-nonce');
      return { id, link, person, cookie: expiredCookie(COOKIE) };
    },
  };
}
