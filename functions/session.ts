/** `POST /session` trades a setup token for a session; `DELETE /session` ends the one in the cookie. */
import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { endedSessionCookie, requireOwnPage, type Sessions, sessionCookie } from '../shared/identity/session.ts';
import { isForm, parseStartSession, requireKnownOrigin } from '../shared/identity/session-request.ts';
import type { RedeemSetupToken } from '../shared/identity/setup-token.ts';
import { answeringPages } from '../shared/platform/answering-pages.ts';
import { PRIVATE_HEADERS } from '../shared/platform/page.ts';

/** `origins`: this site's own, and the product's. */
export interface StartSessionDeps {
  readonly redeem: RedeemSetupToken;
  readonly sessions: Sessions;
  readonly origins: readonly string[];
}

/** Handles `POST /session`. A form is answered with a page or a redirect, anything else with JSON. */
export function createStartSessionHandler(deps: StartSessionDeps): HttpHandler {
  const start = (request: HttpRequest, context: InvocationContext) => startSession(deps, request, context);
  const page = answeringPages('Not signed in', start);
  return (request, context) => (isForm(request) ? page : start)(request, context);
}

async function startSession(
  { redeem, sessions, origins }: StartSessionDeps,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  requireKnownOrigin(request, origins);
  const { setupToken, as, next, timeZone, from } = await parseStartSession(request);
  const { account, sub, tid, role } = await redeem(setupToken);
  const person = { sub, ...(tid === undefined ? {} : { tid }) };
  const issued = await sessions.issue(as, { account, person, role, timeZone });
  context.info('session started', { as });
  const cookies = as === 'cookie' ? [sessionCookie(issued)] : [];
  if (from === 'form') return { status: 303, headers: { ...PRIVATE_HEADERS, location: next }, cookies };
  const token = as === 'bearer' ? { token: issued.token } : {};
  const body = { account, person, expiresInSeconds: issued.lifetimeSeconds, ...token };
  return { status: 200, headers: PRIVATE_HEADERS, cookies, jsonBody: body };
}

/** Handles `DELETE /session`. A bearer ends by being forgotten. */
export function createEndSessionHandler(): HttpHandler {
  return async (request) => {
    requireOwnPage(request);
    return { status: 204, headers: PRIVATE_HEADERS, cookies: [endedSessionCookie()] };
  };
}
