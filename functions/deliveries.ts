/** `GET /api/subscriptions/{id}/deliveries`: what was delivered, when, and why something was not. */
import type { HttpHandler } from '@azure/functions';
import type { ReadTimeline } from '../shared/delivery/timeline.ts';
import { jsonAnswer } from '../shared/platform/json-answer.ts';
import type { ReadOwnerRequest } from '../shared/subscriptions/owner-request.ts';

/** What the timeline needs. */
export interface DeliveriesDeps {
  readonly readOwner: ReadOwnerRequest;
  readonly readTimeline: ReadTimeline;
}

/** Handles `GET …/deliveries`. */
export function createDeliveriesHandler({ readOwner, readTimeline }: DeliveriesDeps): HttpHandler {
  return async (request) => jsonAnswer(200, await readTimeline((await readOwner(request)).key));
}
