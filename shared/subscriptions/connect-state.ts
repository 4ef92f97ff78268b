/** The way to Office 365's picker: a signed state says who connects what, and a cookie that it is the same browser that comes back. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Cookie } from '@azure/functions';
import { z } from 'zod';
import type { Session } from '../identity/session.ts';
import type { SignedTokens } from '../identity/signed-token.ts';
import { expiredCookie, hostCookie, readCookie } from '../platform/cookies.ts';
import { isTimeZone } from '../schedules/schedule.ts';
import {
  ConnectNotConfiguredError,
  InvalidStateError,
  StateExpiredError,
  StateOfAnotherBrowserError,
} from './connect-errors.ts';
import { ownerSchema } from './subscription.ts';

/** How long someone has to choose a channel. */
export const CONNECT_LIFETIME_SECONDS = 10 * 60;

const stateSchema = z.object({
  account: z.string(),
  owner: ownerSchema,
  /** The subscription to be made: a second use meets it. */
  id: z.string(),
  timeZone: z.string().optional(),
  /** SHA-256 of what the browser's cookie holds. */
  browser: z.string(),
});

/** Who connects what. */
export type ConnectState = z.infer<typeof stateSchema>;

/** What is needed of the settings and of chance. `newSecret` gives 128 random bits in base64url. */
export interface ConnectStatesDeps {
  readonly tokens: SignedTokens;
  readonly connectUrl: string;
  readonly appId: string | undefined;
  readonly publicUrl: string;
  readonly newId: () => string;
  readonly newSecret: () => string;
}

/** The picker's address, and the cookie to set on the way. */
export interface BegunConnect {
  readonly location: string;
  readonly cookie: Cookie;
}

/** Begins connections and recognises them when they come back. */
export type ConnectStates = ReturnType<typeof createConnectStates>;

/** Nothing is stored: the state carries it all. */
export function createConnectStates({ tokens, connectUrl, appId, publicUrl, newId, newSecret }: ConnectStatesDeps) {
  return {
    /** A time zone that nobody knows is left out. @throws ConnectNotConfiguredError without an app id. */
    async begin({ account, person, timeZone }: Session): Promise<BegunConnect> {
      if (appId === undefined) throw new ConnectNotConfiguredError();
      const id = newId();
      const secret = newSecret();
      const zone = timeZone !== undefined && isTimeZone(timeZone) ? { timeZone } : {};
      const claims: ConnectState = { account, owner: person, id, ...zone, browser: hash(secret) };
      const state = await tokens.sign({ purpose: 'connect', claims, lifetimeSeconds: CONNECT_LIFETIME_SECONDS });
      const location = new URL(connectUrl);
      location.searchParams.set('state', state);
      location.searchParams.set('app_id', appId);
      location.searchParams.set('callback_url', `${publicUrl}/connect/callback`);
      return { location: location.href, cookie: hostCookie(cookieName(id), secret, CONNECT_LIFETIME_SECONDS) };
    },

    /** @throws InvalidStateError, StateExpiredError or StateOfAnotherBrowserError. */
    async read(state: string, cookies: string | null): Promise<ConnectState> {
      const verified = await tokens.verify('connect', state);
      if (!verified.ok) throw verified.fault === 'expired' ? new StateExpiredError() : new InvalidStateError();
      const parsed = stateSchema.parse(verified.claims);
      const secret = readCookie(cookies, cookieName(parsed.id)) ?? '';
      if (!timingSafeEqual(Buffer.from(hash(secret)), Buffer.from(parsed.browser)))
        throw new StateOfAnotherBrowserError();
      return parsed;
    },

    /** Takes the cookie back once the connection is made. */
    endCookie: (id: string): Cookie => expiredCookie(cookieName(id)),
  };
}

/** One for each connection, so that two tabs do not disturb each other. */
function cookieName(id: string): `__Host-${string}` {
  return `__Host-tidings-connect-${id}`;
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
