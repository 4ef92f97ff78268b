/** Sessions: who is signed in, for which account. A bearer in a frame's memory, or a cookie on pages opened on their own. */
import type { Cookie } from '@azure/functions';
import { z } from 'zod';
import { expiredCookie, hostCookie, readCookie } from '../platform/cookies.ts';
import {
  InvalidSessionError,
  RequestHeaderRequiredError,
  SessionExpiredError,
  SessionRequiredError,
} from './errors.ts';
import { personSchema } from './person.ts';
import type { SignedTokens } from './signed-token.ts';

const claimsSchema = z.object({
  account: z.string(),
  person: personSchema,
  role: z.enum(['admin', 'member']).optional(),
  timeZone: z.string().optional(),
  /** The account comes from a link, made for this person or for their whole tenant. */
  link: z.enum(['person', 'tenant']).optional(),
});

/** Someone signed in for an account. `timeZone` is their browser's, if it said. */
export type Session = z.infer<typeof claimsSchema>;

/** How a session travels. */
export type SessionForm = 'bearer' | 'cookie';

/** The part of a request that says who sent it. */
export interface SessionRequest {
  readonly method: string;
  readonly headers: { get(name: string): string | null };
}

/** Gives out sessions and reads them. */
export interface Sessions {
  issue(form: SessionForm, session: Session): Promise<IssuedSession>;
  /** @throws SessionRequiredError, InvalidSessionError, SessionExpiredError or RequestHeaderRequiredError. */
  read(request: SessionRequest): Promise<Session>;
}

/** A session as it is handed over. */
export interface IssuedSession {
  readonly token: string;
  readonly lifetimeSeconds: number;
}

/** A frame renews its bearer from its proof; a page of its own lasts long enough to fill in a form and come back from Connect. */
const LIFETIME_SECONDS = { bearer: 15 * 60, cookie: 60 * 60 } as const;
const COOKIE = '__Host-tidings-session';
/** Browsers let no other site's page send it without asking us first, and we never say yes. */
const REQUEST_HEADER = 'x-requested-with';

/** Sessions made of signed tokens: nothing is stored. */
export function createSessions(tokens: SignedTokens): Sessions {
  return {
    async issue(form, session) {
      const lifetimeSeconds = LIFETIME_SECONDS[form];
      return { token: await tokens.sign({ purpose: form, claims: session, lifetimeSeconds }), lifetimeSeconds };
    },

    async read(request) {
      const { form, token } = findToken(request);
      const verified = await tokens.verify(form, token);
      if (!verified.ok) throw verified.fault === 'expired' ? new SessionExpiredError() : new InvalidSessionError();
      if (form === 'cookie') requireOwnPage(request);
      return claimsSchema.parse(verified.claims);
    },
  };
}

/** The session's cookie. */
export function sessionCookie({ token, lifetimeSeconds }: IssuedSession): Cookie {
  return hostCookie(COOKIE, token, lifetimeSeconds);
}

/** Takes the session's cookie back. */
export function endedSessionCookie(): Cookie {
  return expiredCookie(COOKIE);
}

/** Refuses a changing call that any other site's form could have sent. @throws RequestHeaderRequiredError. */
export function requireOwnPage({ method, headers }: SessionRequest): void {
  const changes = method !== 'GET' && method !== 'HEAD';
  if (changes && !headers.get(REQUEST_HEADER)) throw new RequestHeaderRequiredError();
}

/** A bearer, when there is one, is what counts: the browser adds cookies by itself. */
function findToken({ headers }: SessionRequest): { form: SessionForm; token: string } {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const token = /^Bearer ([^\s,]+)$/i.exec(authorization)?.[1];
    if (token === undefined) throw new InvalidSessionError();
    return { form: 'bearer', token };
  }
  const token = readCookie(headers.get('cookie'), COOKIE);
  if (!token) throw new SessionRequiredError();
  return { form: 'cookie', token };
}
