/** A subscription as an answer: its view, and its revision as the ETag. */
import type { HttpResponseInit } from '@azure/functions';
import { etagOf } from '../shared/platform/if-match.ts';
import { jsonAnswer } from '../shared/platform/json-answer.ts';
import type { Subscription } from '../shared/subscriptions/subscription.ts';
import type { SubscriptionView } from '../shared/subscriptions/subscription-view.ts';

/** Answers with a subscription. */
export type AnswerSubscription = (subscription: Subscription) => Promise<HttpResponseInit>;

/** Answers 200 with what `show` makes of it. */
export function createAnswerSubscription(
  show: (subscription: Subscription) => Promise<SubscriptionView>,
): AnswerSubscription {
  return async (subscription) => jsonAnswer(200, await show(subscription), { etag: etagOf(subscription.revision) });
}
