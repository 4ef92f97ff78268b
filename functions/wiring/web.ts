/** Puts together the pages and the way to Office 365 and back. */
import { randomBytes } from 'node:crypto';
import type { HttpHandler } from '@azure/functions';
import { createConnectStates } from '../../shared/subscriptions/connect-state.ts';
import { createConnectSubscription } from '../../shared/subscriptions/connect-subscription.ts';
import { newSubscriptionId } from '../../shared/subscriptions/subscription-id.ts';
import { createConnectHandler } from '../connect.ts';
import { createConnectCallbackHandler } from '../connect-callback.ts';
import { sessions } from './identity.ts';
import * as parts from './parts.ts';
import { storeDeps } from './subscribing.ts';
import * as tables from './tables.ts';

const states = parts.once(async () => {
  const { CONNECT_URL, CONNECTOR_APP_ID, PUBLIC_URL } = await parts.config();
  const newId = () => newSubscriptionId(randomBytes(16));
  const newSecret = () => randomBytes(16).toString('base64url');
  return createConnectStates({
    tokens: await parts.tokens(),
    connectUrl: CONNECT_URL,
    appId: CONNECTOR_APP_ID,
    publicUrl: PUBLIC_URL,
    newId,
    newSecret,
  });
});

const brand = async () => (await parts.catalogue()).product;

/** `GET /connect`. */
export async function connectHandler(): Promise<HttpHandler> {
  return createConnectHandler({ sessions: await sessions(), states: await states(), brand: await brand() });
}

/** `GET /connect/callback`. */
export async function connectCallbackHandler(): Promise<HttpHandler> {
  const connect = createConnectSubscription({ ...(await storeDeps()), once: await tables.once() });
  return createConnectCallbackHandler({ states: await states(), connect, brand: await brand() });
}
