/** `GET`, `PATCH` and `DELETE /api/subscriptions/{id}`, and `PUT …/webhook`. */
import type { HttpHandler } from '@azure/functions';
import { readIfMatch } from '../shared/platform/if-match.ts';
import { emptyAnswer } from '../shared/platform/json-answer.ts';
import { readJsonBody } from '../shared/platform/request-body.ts';
import type { ChangeOwn } from '../shared/subscriptions/change-own.ts';
import { changeSchema, webhookChangeSchema } from '../shared/subscriptions/input.ts';
import type { ReadOwnerRequest } from '../shared/subscriptions/owner-request.ts';
import type { AnswerSubscription } from './subscription-answer.ts';

/** What they need. */
export interface SubscriptionDeps {
  readonly readOwner: ReadOwnerRequest;
  readonly own: Pick<ChangeOwn, 'edit' | 'rotate' | 'remove'>;
  readonly answer: AnswerSubscription;
}

/** Handles `GET`. */
export function createReadSubscriptionHandler({ readOwner, answer }: SubscriptionDeps): HttpHandler {
  return async (request) => answer((await readOwner(request)).subscription);
}

/** Handles `PATCH`: the choices that are sent, all others stay. */
export function createChangeSubscriptionHandler({ readOwner, own, answer }: SubscriptionDeps): HttpHandler {
  return async (request, context) => {
    const owner = await readOwner(request);
    const ifRevision = readIfMatch(request.headers.get('if-match'), 'required');
    const changed = await own.edit(owner, await readJsonBody(request, changeSchema), ifRevision);
    context.info('subscription changed', { subscriptionId: changed.id, revision: changed.revision });
    return answer(changed);
  };
}

/** Handles `PUT …/webhook`: a new address, of the same kind or the other one. */
export function createRotateWebhookHandler({ readOwner, own, answer }: SubscriptionDeps): HttpHandler {
  return async (request, context) => {
    const owner = await readOwner(request);
    const ifRevision = readIfMatch(request.headers.get('if-match'), 'optional');
    const { webhook } = await readJsonBody(request, webhookChangeSchema);
    const rotated = await own.rotate(owner, webhook, ifRevision);
    context.info('webhook changed', { subscriptionId: rotated.id, revision: rotated.revision });
    return answer(rotated);
  };
}

/** Handles `DELETE`. */
export function createRemoveSubscriptionHandler({ readOwner, own }: SubscriptionDeps): HttpHandler {
  return async (request, context) => {
    const owner = await readOwner(request);
    await own.remove(owner, readIfMatch(request.headers.get('if-match'), 'optional'));
    context.info('subscription removed', { subscriptionId: owner.subscription.id });
    return emptyAnswer(204);
  };
}
