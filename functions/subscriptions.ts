/** `GET` and `POST /api/subscriptions`: an owner's subscriptions, and a new one. */
import type { HttpHandler } from '@azure/functions';
import type { TakeTurnWithin } from '../shared/identity/limits.ts';
import type { Session, Sessions } from '../shared/identity/session.ts';
import { etagOf } from '../shared/platform/if-match.ts';
import { jsonAnswer } from '../shared/platform/json-answer.ts';
import { readJsonBody } from '../shared/platform/request-body.ts';
import { CHANNEL_KEY_HEADER } from '../shared/subscriptions/channel-key.ts';
import type { CheckChoices } from '../shared/subscriptions/check-choices.ts';
import type { CreateSubscription } from '../shared/subscriptions/create-subscription.ts';
import { newSubscriptionSchema } from '../shared/subscriptions/input.ts';
import { mayHave } from '../shared/subscriptions/own-subscription.ts';
import type { Subscription } from '../shared/subscriptions/subscription.ts';
import type { SubscriptionView } from '../shared/subscriptions/subscription-view.ts';
import type { SubscriptionsTable } from '../shared/subscriptions/subscriptions-table.ts';

/** What both need. */
export interface SubscriptionsDeps {
  readonly sessions: Pick<Sessions, 'read'>;
  readonly list: SubscriptionsTable['list'];
  readonly show: (subscription: Subscription) => Promise<SubscriptionView>;
  readonly checkChoices: CheckChoices;
  readonly limit: TakeTurnWithin;
  readonly create: CreateSubscription;
  /** Hands over the test card that was sent before it was made. */
  readonly adoptTest: (session: Session, webhook: string, subscriptionId: string) => Promise<void>;
}

/** Handles `GET /api/subscriptions`: what the caller owns, and the one whose channel key they send. */
export function createListSubscriptionsHandler({ sessions, list, show }: SubscriptionsDeps): HttpHandler {
  return async (request) => {
    const session = await sessions.read(request);
    const channelKey = request.headers.get(CHANNEL_KEY_HEADER);
    const own: Subscription[] = [];
    for await (const row of list(session.account))
      if (row.is === 'present' && mayHave(row.subscription, session, channelKey)) own.push(row.subscription);
    own.sort((a, b) => b.createdAt - a.createdAt);
    return jsonAnswer(200, { subscriptions: await Promise.all(own.map(show)) });
  };
}

/** Handles `POST /api/subscriptions`. The channel key is in this answer and in no other. */
export function createCreateSubscriptionHandler(deps: SubscriptionsDeps): HttpHandler {
  const { sessions, checkChoices, limit, create, adoptTest, show } = deps;
  return async (request, context) => {
    const session = await sessions.read(request);
    const given = await readJsonBody(request, newSubscriptionSchema);
    await checkChoices(session, { choices: given });
    await limit('create', session);
    const { subscription, channelKey } = await create(session, given);
    context.info('subscription created', { subscriptionId: subscription.id });
    await adoptTest(session, given.webhook, subscription.id).catch((error: unknown) => {
      // The subscription is made; its timeline knows of no test then.
      context.warn('a test card was not handed over', { error: error instanceof Error ? error.name : 'unknown' });
    });
    const headers = { etag: etagOf(subscription.revision), location: `/api/subscriptions/${subscription.id}` };
    return jsonAnswer(201, { ...(await show(subscription)), channelKey }, headers);
  };
}
