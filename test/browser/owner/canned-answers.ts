/** What the API answers in the states that are walked through. */
import catalogue from '../../../infra/local/catalogue.json';
import { renderCard } from '../../../shared/cards/render-card.ts';
import { aDigest, anEvent } from '../../unit/cards/an-event.ts';
import type { CannedAnswer } from './canned-app.ts';

/** The channel that the states are about. */
export const ID = 'sub_00000000000000000000000000000001';
/** Its path in the API. */
export const PATH = `/api/subscriptions/${ID}`;

/** A channel that does well, with what is given put over it. */
export function aSubscriptionView(over: object = {}) {
  return {
    id: ID,
    account: 'acme',
    target: { appType: 'teams', name: 'Build room', kind: 'workflow', host: '….environment.api.powerplatform.com' },
    topics: [catalogue.topics[0]?.type, catalogue.topics[8]?.type],
    scopes: ['acme/api'],
    minSeverity: 'info',
    urgentSeverity: 'critical',
    locale: 'en',
    schedule: { every: 'day', days: ['mon', 'tue', 'wed', 'thu', 'fri'], at: '09:00', timeZone: 'Europe/Berlin' },
    whenEmpty: 'skip',
    requireIdentity: false,
    state: 'active',
    revision: 3,
    health: { lastDeliveredAt: '2026-11-20T08:00:12Z', failingSince: null, reason: null },
    ...over,
  };
}

/** A preview: a card with a failure in it, and five mornings. */
export function aPreview(over: object = {}) {
  const summary = aDigest([
    anEvent({
      severity: 'error',
      data: { title: 'Build 812 failed', text: '3 tests failed on **main**', group: 'main' },
    }),
    anEvent({ type: 'github.push', minutesAgo: 20, data: { title: 'Ada pushed 2 commits', group: 'main' } }),
    anEvent({ type: 'github.release.published', minutesAgo: 45, data: { title: 'Version 2.1 is out' } }),
  ]);
  const body = renderCard({
    summary,
    kind: 'workflow',
    locale: 'en',
    timeZone: 'Europe/Berlin',
    brand: catalogue.product,
    topicName: (type) => type,
    links: { digest: 'https://tidings.example/digests/1' },
    budgetBytes: 18_000,
    style: 'normal',
  });
  const next = ['23', '24', '25', '26', '27'].map((day) => `2026-11-${day}T08:00:00.000Z`);
  const at = '2026-11-21T09:00:00.000Z';
  return { at, next, clockChanges: [], card: { kind: 'workflow', body }, from: 'samples', waiting: 4, ...over };
}

/** Deliveries of every kind. */
export function someDeliveries() {
  const kinds = [
    { state: 'retrying', outcome: 'throttled', nextAttemptAt: '2026-11-21T09:12:00Z', count: 3 },
    { state: 'accepted', count: 12 },
    { state: 'unclear', count: 1 },
    { state: 'returned', outcome: 'failing', count: 7 },
    { state: 'delivered', count: 240 },
    { state: 'delivered', count: 1 },
  ];
  return kinds.map((kind, index) => ({
    id: `digest-${index}`,
    at: new Date(Date.parse('2026-11-20T08:00:12Z') - index * 86_400_000).toISOString(),
    page: index === 1 ? 'http://127.0.0.1/digests/1?t=x' : null,
    ...kind,
  }));
}

/** Every answer, of a channel that does well. */
export function cannedAnswers(): Record<string, CannedAnswer> {
  // A few of each kind: axe-core looks at every one of them, in every state.
  const topics = catalogue.topics.filter((_, index) => index % 8 === 0).map(({ sample: _, ...topic }) => topic);
  const scopes = ['acme/api', 'acme/web', 'acme/docs'].map((id) => ({ id, name: id }));
  return {
    'GET /api/catalogue': { body: { topics, scopes } },
    'GET /api/subscriptions': { body: { subscriptions: [] } },
    [`GET ${PATH}`]: { body: aSubscriptionView() },
    [`PATCH ${PATH}`]: { body: aSubscriptionView({ revision: 4 }) },
    [`GET ${PATH}/preview`]: { body: aPreview() },
    [`GET ${PATH}/deliveries`]: {
      body: {
        deliveries: someDeliveries(),
        test: { id: 'test_0', at: '2026-11-19T08:00:00Z', outcome: 'accepted', seen: true },
      },
    },
    [`POST ${PATH}/test`]: { body: { id: 'test_1', outcome: 'accepted', reason: 'The flow took the card.' } },
    [`POST ${PATH}/pause`]: { body: aSubscriptionView({ revision: 4, state: 'paused', keep: true }) },
    'POST /api/preview': { body: aPreview() },
    'POST /api/test': { body: { outcome: 'accepted' } },
    'POST /api/subscriptions': { status: 201, body: aSubscriptionView({ revision: 1 }) },
  };
}
