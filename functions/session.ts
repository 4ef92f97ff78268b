/** `POST /session` trades a setup token, a Microsoft token or a one-time code for a session; `DELETE /session` ends the one in the cookie. */
import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { endedSessionCookie, requireOwnPage, type Sessions, sessionCookie } from '../shared/identity/session.ts';
import { isForm, parseSessionRequest, requireKnownOrigin } from '../shared/identity/session-request.ts';
import type { StartSession } from '../shared/identity/start-session.ts';
import { answeringPages } from '../shared/platform/answering-pages.ts';
import { type PageBrand, PRIVATE_HEADERS } from '../shared/platform/page.ts';

/** `origins`: this site's own, and the product's. */
export interface StartSessionHandlerDeps {
  readonly start: StartSession;
  readonly sessions: Sessions;
  readonly origins: readonly string[];
  readonly brand: PageBrand;
}

/** Handles `POST /session`. A form is answered with a page or a redirect, anything else with JSON. */
export function createStartSessionHandler(deps: StartSessionHandlerDeps): HttpHandler {
  const start = (request: HttpRequest, context: InvocationContext) => startSession(deps, request, context);
  const page = answeringPages({ brand: deps.brand, title: 'Not signed in' }, start);
  return (request, context) => (isForm(request) ? page : start)(request, context);
}

async function startSession(
  { start, sessions, origins }: StartSessionHandlerDeps,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  requireKnownOrigin(request, origins);
  const { proof, as, next, timeZone, from } = await parseSessionRequest(request);
  const started = await start(proof);
  context.info('proof traded', { by: proof.by, for: started.is });
  if (started.is === 'code') return { status: 200, headers: PRIVATE_HEADERS, jsonBody: { code: started.code } };
  const { account, person, link } = started.session;
  const issued = await sessions.issue(as, { ...started.session, timeZone });
  const cookies = as === 'cookie' ? [sessionCookie(issued)] : [];
  if (from === 'form') return { status: 303, headers: { ...PRIVATE_HEADERS, location: next }, cookies };
  const token = as === 'bearer' ? { token: issued.token } : {};
  const body = { account, person, expiresInSeconds: issued.lifetimeSeconds, ...token, ...(link && { link }) };
  return { status: 200, headers: PRIVATE_HEADERS, cookies, jsonBody: body };
}

/** Handles `DELETE /session`. A bearer ends by being forgotten. */
export function createEndSessionHandler(): HttpHandler {
  return async (request) => {
    requireOwnPage(request);
    return { status: 204, headers: PRIVATE_HEADERS, cookies: [endedSessionCookie()] };
  };
}
