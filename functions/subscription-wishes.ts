/** `POST /api/subscriptions/{id}/pause`, `/resume`, `/send-now` and `/owners`. */
import type { HttpHandler } from '@azure/functions';
import { readIfMatch } from '../shared/platform/if-match.ts';
import { emptyAnswer } from '../shared/platform/json-answer.ts';
import { readJsonBody } from '../shared/platform/request-body.ts';
import type { ChangeOwn } from '../shared/subscriptions/change-own.ts';
import { nothingSchema, pauseSchema } from '../shared/subscriptions/input.ts';
import type { ReadOwnerRequest } from '../shared/subscriptions/owner-request.ts';
import type { AnswerSubscription } from './subscription-answer.ts';

/** What they need. */
export interface WishDeps {
  readonly readOwner: ReadOwnerRequest;
  readonly own: Pick<ChangeOwn, 'pause' | 'resume' | 'sendNow' | 'join'>;
  readonly answer: AnswerSubscription;
}

/** Handles `…/pause`. */
export function createPauseHandler({ readOwner, own, answer }: WishDeps): HttpHandler {
  return async (request, context) => {
    const owner = await readOwner(request);
    const ifRevision = readIfMatch(request.headers.get('if-match'), 'optional');
    const paused = await own.pause(owner, await readJsonBody(request, pauseSchema), ifRevision);
    context.info('subscription paused', { subscriptionId: paused.id });
    return answer(paused);
  };
}

/** Handles `…/resume`. */
export function createResumeHandler({ readOwner, own, answer }: WishDeps): HttpHandler {
  return async (request, context) => {
    const owner = await readOwner(request);
    await readJsonBody(request, nothingSchema);
    const resumed = await own.resume(owner, readIfMatch(request.headers.get('if-match'), 'optional'));
    context.info('subscription resumed', { subscriptionId: resumed.id });
    return answer(resumed);
  };
}

/** Handles `…/send-now`: accepted, and sent as soon as the channel is free. */
export function createSendNowHandler({ readOwner, own }: WishDeps): HttpHandler {
  return async (request) => {
    const owner = await readOwner(request);
    await readJsonBody(request, nothingSchema);
    await own.sendNow(owner);
    return emptyAnswer(202);
  };
}

/** Handles `…/owners`: adds the caller, whom the channel key brought here; for an owner nothing changes. */
export function createJoinHandler({ readOwner, own, answer }: WishDeps): HttpHandler {
  return async (request, context) => {
    const owner = await readOwner(request);
    await readJsonBody(request, nothingSchema);
    const joined = await own.join(owner);
    context.info('owner joined', { subscriptionId: joined.id });
    return answer(joined);
  };
}
