/** `POST /api/test` and `POST /api/subscriptions/{id}/test`: a card to see whether cards arrive. */
import type { HttpHandler } from '@azure/functions';
import type { NoteDraftSeen } from '../shared/delivery/draft-tests.ts';
import type { PostDraftTest } from '../shared/delivery/post-draft-test.ts';
import type { NoteSeen, PostTest } from '../shared/delivery/post-test.ts';
import type { MakePreview } from '../shared/delivery/preview.ts';
import { testView } from '../shared/delivery/test-outcome.ts';
import { ownerOf, type TakeTurnWithin } from '../shared/identity/limits.ts';
import type { Sessions } from '../shared/identity/session.ts';
import { jsonAnswer } from '../shared/platform/json-answer.ts';
import { readJsonBody } from '../shared/platform/request-body.ts';
import { draftTestSchema, testSchema } from '../shared/subscriptions/input.ts';
import type { ReadOwnerRequest } from '../shared/subscriptions/owner-request.ts';
import type { RecogniseDraft } from '../shared/subscriptions/recognise-draft.ts';

/** What tests need. */
export interface TestCardDeps {
  readonly sessions: Pick<Sessions, 'read'>;
  readonly readOwner: ReadOwnerRequest;
  readonly limit: TakeTurnWithin;
  readonly preview: MakePreview;
  readonly postTest: PostTest;
  readonly noteSeen: NoteSeen;
  readonly recognise: RecogniseDraft;
  readonly postDraftTest: PostDraftTest;
  readonly noteDraftSeen: NoteDraftSeen;
}

/** Handles `POST /api/subscriptions/{id}/test`; with `id` and `seen`, whether the card of that test is in the channel. */
export function createTestCardHandler({ readOwner, limit, preview, postTest, noteSeen }: TestCardDeps): HttpHandler {
  return async (request) => {
    const { session, subscription } = await readOwner(request);
    const sent = await readJsonBody(request, testSchema);
    if ('seen' in sent) return jsonAnswer(200, testView(await noteSeen(subscription.id, sent)));
    await limit('test', session);
    const { id: subscriptionId, target } = subscription;
    const of = { choices: subscription, kind: target.kind, appType: target.appType, subscriptionId };
    const { body } = await preview({ ...of, at: instantOf(sent.at) });
    return jsonAnswer(200, testView(await postTest(subscription, body)));
  };
}

/** Handles `POST /api/test`: to a webhook that was pasted and is not saved yet; with `id` and `seen`, whether that card is in the channel. */
export function createTestDraftHandler(deps: TestCardDeps): HttpHandler {
  const { sessions, limit, preview, recognise, postDraftTest, noteDraftSeen } = deps;
  return async (request) => {
    const session = await sessions.read(request);
    const sent = await readJsonBody(request, draftTestSchema);
    const recognised = await recognise(session, sent.webhook);
    const of = { recognised, by: ownerOf(session) };
    if ('seen' in sent) return jsonAnswer(200, testView(await noteDraftSeen(of, sent)));
    await limit('test', session);
    const { webhook: _, appType, at, ...choices } = sent;
    const { body } = await preview({ choices, kind: recognised.webhook.kind, appType, at: instantOf(at) });
    return jsonAnswer(200, testView(await postDraftTest(of, body)));
  };
}

function instantOf(at: string | undefined): number | undefined {
  return at === undefined ? undefined : Date.parse(at);
}
