/** Puts together the pages and the way to Office 365 and back. */
import { randomBytes } from 'node:crypto';
import type { HttpHandler } from '@azure/functions';
import { topicNameIn } from '../../shared/events/catalogue.ts';
import { nextDeliveries } from '../../shared/schedules/next-deliveries.ts';
import { createConnectStates } from '../../shared/subscriptions/connect-state.ts';
import { createConnectSubscription } from '../../shared/subscriptions/connect-subscription.ts';
import { createReadOwnSubscription } from '../../shared/subscriptions/own-subscription.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { newSubscriptionId } from '../../shared/subscriptions/subscription-id.ts';
import { createConfigPageHandler } from '../config-page.ts';
import { createConnectHandler } from '../connect.ts';
import { createConnectCallbackHandler } from '../connect-callback.ts';
import { onceTable, sessions } from './identity.ts';
import * as parts from './parts.ts';
import { storeDeps } from './subscribing.ts';

/** Shown on the page. */
const NEXT_DELIVERIES = 5;

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

/** `GET /connect`. */
export async function connectHandler(): Promise<HttpHandler> {
  return createConnectHandler({ sessions: await sessions(), states: await states() });
}

/** `GET /connect/callback`. */
export async function connectCallbackHandler(): Promise<HttpHandler> {
  const connect = createConnectSubscription({ ...(await storeDeps()), once: await onceTable() });
  return createConnectCallbackHandler({ states: await states(), connect });
}

/** `GET /config`. */
export async function configPageHandler(): Promise<HttpHandler> {
  const [clock, { topics }] = await Promise.all([parts.clock(), parts.catalogue()]);
  const next = ({ state, schedule }: Subscription) =>
    state.is !== 'active' || schedule.every === 'now' ? [] : nextDeliveries(schedule, clock.now(), NEXT_DELIVERIES);
  return createConfigPageHandler({
    sessions: await sessions(),
    readOwn: createReadOwnSubscription(await parts.subscriptions()),
    nextDeliveries: next,
    topicName: topicNameIn(topics, 'en'),
  });
}
