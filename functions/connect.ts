/** `GET /connect`: on to Office 365's picker, with a signed state. */
import type { HttpHandler } from '@azure/functions';
import type { Sessions } from '../shared/identity/session.ts';
import { answeringPages } from '../shared/platform/answering-pages.ts';
import { type PageBrand, PRIVATE_HEADERS } from '../shared/platform/page.ts';
import type { ConnectStates } from '../shared/subscriptions/connect-state.ts';

/** What beginning a connection needs. */
export interface ConnectHandlerDeps {
  readonly sessions: Sessions;
  readonly states: ConnectStates;
  readonly brand: PageBrand;
}

/** Handles `GET /connect?timeZone=…`; the zone is the browser's, if the page that links here could ask it. */
export function createConnectHandler({ sessions, states, brand }: ConnectHandlerDeps): HttpHandler {
  return answeringPages({ brand, title: 'Not connected' }, async (request, context) => {
    const session = await sessions.read(request);
    const timeZone = request.query.get('timeZone') ?? session.timeZone;
    const { location, cookie } = await states.begin({ ...session, timeZone });
    context.info('connection begun');
    return { status: 302, headers: { ...PRIVATE_HEADERS, location }, cookies: [cookie] };
  });
}
