/** `GET /connect/callback`: back from Office 365 with a webhook; stored, then on to an address that shows nothing of it. */
import type { HttpHandler } from '@azure/functions';
import { answeringPages } from '../shared/platform/answering-pages.ts';
import { type PageBrand, PRIVATE_HEADERS } from '../shared/platform/page.ts';
import { parseConnectCallback } from '../shared/subscriptions/connect-callback.ts';
import type { ConnectStates } from '../shared/subscriptions/connect-state.ts';
import type { ConnectSubscription } from '../shared/subscriptions/connect-subscription.ts';

/** What coming back needs. */
export interface ConnectCallbackHandlerDeps {
  readonly states: ConnectStates;
  readonly connect: ConnectSubscription;
  readonly brand: PageBrand;
}

/** Handles the callback. Its query holds a secret: no answer repeats any of it. */
export function createConnectCallbackHandler({ states, connect, brand }: ConnectCallbackHandlerDeps): HttpHandler {
  return answeringPages({ brand, title: 'Not connected' }, async (request, context) => {
    // Not `request.query`: the host joins a parameter given twice into one.
    const callback = parseConnectCallback(new URL(request.url).searchParams);
    const state = await states.read(callback.state, request.headers.get('cookie'));
    const { id } = await connect(state, callback);
    context.info('subscription connected', { subscriptionId: id });
    const location = `/config?subscription=${id}`;
    return { status: 302, headers: { ...PRIVATE_HEADERS, location }, cookies: [states.endCookie(id)] };
  });
}
