/** `POST /api/preview` and `GET /api/subscriptions/{id}/preview`: what will happen, and how it will look. */
import type { HttpHandler } from '@azure/functions';
import type { MakePreview } from '../shared/delivery/preview.ts';
import { previewView } from '../shared/delivery/preview-view.ts';
import type { Waiting } from '../shared/events/count-waiting.ts';
import type { TakeTurnWithin } from '../shared/identity/limits.ts';
import type { Sessions } from '../shared/identity/session.ts';
import { jsonAnswer } from '../shared/platform/json-answer.ts';
import { readJsonBody } from '../shared/platform/request-body.ts';
import { CHANNEL_KEY_HEADER } from '../shared/subscriptions/channel-key.ts';
import { draftPreviewSchema } from '../shared/subscriptions/input.ts';
import type { ReadOwnSubscription } from '../shared/subscriptions/own-subscription.ts';
import type { ReadOwnerRequest } from '../shared/subscriptions/owner-request.ts';

/** What previews need. */
export interface PreviewHandlerDeps {
  readonly sessions: Pick<Sessions, 'read'>;
  readonly readOwner: ReadOwnerRequest;
  readonly readOwn: ReadOwnSubscription;
  readonly limit: TakeTurnWithin;
  readonly preview: MakePreview;
  readonly countWaiting: (subscriptionId: string) => Promise<Waiting>;
}

/** Handles `POST /api/preview`: of what the form says; an existing subscription lends it its events. */
export function createPreviewDraftHandler({ sessions, readOwn, limit, preview }: PreviewHandlerDeps): HttpHandler {
  return async (request) => {
    const session = await sessions.read(request);
    const { kind, appType, subscriptionId, ...choices } = await readJsonBody(request, draftPreviewSchema);
    if (subscriptionId !== undefined) await readOwn(session, subscriptionId, request.headers.get(CHANNEL_KEY_HEADER));
    await limit('preview', session);
    return jsonAnswer(200, previewView(await preview({ choices, kind, appType, subscriptionId })));
  };
}

/** Handles `GET /api/subscriptions/{id}/preview`. */
export function createPreviewHandler({ readOwner, limit, preview, countWaiting }: PreviewHandlerDeps): HttpHandler {
  return async (request) => {
    const { session, subscription } = await readOwner(request);
    await limit('preview', session);
    const { id: subscriptionId, target } = subscription;
    const [made, waiting] = await Promise.all([
      preview({ choices: subscription, kind: target.kind, appType: target.appType, subscriptionId }),
      countWaiting(subscriptionId),
    ]);
    return jsonAnswer(200, previewView(made, waiting));
  };
}
