/** Puts together what an owner looks at: previews, test cards, the timeline. */
import type { HttpHandler } from '@azure/functions';
import { createNoteDraftSeen } from '../../shared/delivery/draft-tests.ts';
import { createPostDraftTest } from '../../shared/delivery/post-draft-test.ts';
import { createNoteSeen, createPostTest } from '../../shared/delivery/post-test.ts';
import { createPreview } from '../../shared/delivery/preview.ts';
import { createReadTimeline } from '../../shared/delivery/timeline.ts';
import { createReadRecentEvents } from '../../shared/digests/recent-events.ts';
import { countWaiting } from '../../shared/events/count-waiting.ts';
import { createRecogniseDraft } from '../../shared/subscriptions/recognise-draft.ts';
import { createDeliveriesHandler } from '../deliveries.ts';
import { createPreviewDraftHandler, createPreviewHandler } from '../preview.ts';
import { createTestCardHandler, createTestDraftHandler } from '../test-card.ts';
import { limit, readOwn, readOwner } from './api.ts';
import { deliveryDeps } from './delivery.ts';
import { sessions } from './identity.ts';
import * as parts from './parts.ts';
import { webhookDeps } from './subscribing.ts';
import * as tables from './tables.ts';

const deps = parts.once(async () => {
  const [delivery, config, catalogue, once] = await Promise.all([
    deliveryDeps(),
    parts.config(),
    parts.catalogue(),
    tables.once(),
  ]);
  return {
    sessions: await sessions(),
    readOwner: await readOwner(),
    readOwn: await readOwn(),
    limit: await limit(),
    preview: createPreview({
      catalogue,
      brand: await parts.cardBrand(),
      settingsUrl: `${config.PUBLIC_URL}/config`,
      budgetBytes: config.CARD_BUDGET_BYTES,
      readRecent: createReadRecentEvents(delivery),
      clock: delivery.clock,
    }),
    countWaiting: (subscriptionId: string) => countWaiting(delivery.inbox, subscriptionId),
    postTest: createPostTest(delivery),
    noteSeen: createNoteSeen(delivery),
    recognise: createRecogniseDraft(await webhookDeps()),
    postDraftTest: createPostDraftTest({ ...delivery, once }),
    noteDraftSeen: createNoteDraftSeen({ ...delivery, once }),
  };
});

/** `POST /api/preview`. */
export async function previewDraftHandler(): Promise<HttpHandler> {
  return createPreviewDraftHandler(await deps());
}

/** `GET /api/subscriptions/{id}/preview`. */
export async function previewHandler(): Promise<HttpHandler> {
  return createPreviewHandler(await deps());
}

/** `POST /api/test`. */
export async function testDraftHandler(): Promise<HttpHandler> {
  return createTestDraftHandler(await deps());
}

/** `POST /api/subscriptions/{id}/test`. */
export async function testCardHandler(): Promise<HttpHandler> {
  return createTestCardHandler(await deps());
}

/** `GET /api/subscriptions/{id}/deliveries`. */
export async function deliveriesHandler(): Promise<HttpHandler> {
  const links = await parts.digestLinks();
  const readTimeline = createReadTimeline({
    ...(await deliveryDeps()),
    pageOf: async (digest, frozenAt) => (await links.linksTo(digest, frozenAt)).digest,
  });
  return createDeliveriesHandler({ readOwner: await readOwner(), readTimeline });
}
