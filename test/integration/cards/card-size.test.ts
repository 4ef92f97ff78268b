/** What arrives at a webhook: the body of the product's own cards, measured there in bytes. */
import { type Microsoft365, startMicrosoft365 } from '../../../infra/local/microsoft365/server.ts';
import { renderCard } from '../../../shared/cards/render-card.ts';
import { createPostCard } from '../../../shared/delivery/webhook-client.ts';
import type { Event } from '../../../shared/events/event.ts';
import type { WebhookKind } from '../../../shared/subscriptions/webhook.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld } from '../../world/world.ts';

let microsoft365: Microsoft365;
beforeAll(async () => {
  microsoft365 = await startMicrosoft365();
});
afterAll(() => microsoft365.stop());

/** Delivers one digest of these events to a webhook of the local Microsoft 365; gives the request as it arrived. */
async function arrived(kind: WebhookKind, budgetBytes: number, events: readonly Event[]) {
  const made = await fetch(`${microsoft365.url}/_control/webhooks`, {
    method: 'POST',
    body: JSON.stringify({ kind, name: 'Build room' }),
    headers: { 'content-type': 'application/json' },
  });
  const { url } = (await made.json()) as { url: string };
  const world = await aWorld({
    deps: {
      cardBudgetBytes: budgetBytes,
      openWebhook: async () => ({ kind, url }),
      postCard: createPostCard({ localOrigins: [microsoft365.origin], now: Date.now }),
      drawCard: async (summary, digest) =>
        renderCard({
          summary,
          kind,
          locale: 'ja',
          timeZone: 'Asia/Tokyo',
          brand: { name: 'Octoforge', colour: '#1f6feb' },
          topicName: (type) => type,
          links: { digest: 'https://tidings.example/digests/x?t=y' },
          budgetBytes: digest.card.budgetBytes,
          style: digest.card.style,
        }),
    },
  });
  const { id } = await world.subscribe(
    aSubscription({ target: { appType: 'teams', name: 'Build room', kind, host: 'localhost' } }),
  );
  for (const event of events) await world.receive(event);
  await world.runUntil('2026-11-23T09:02:00Z');
  const [request] = microsoft365.api.requests.list({}).slice(-1);
  const record = await world.deps.digests.list(id).next();
  return {
    bytes: Buffer.byteLength(request?.body ?? ''),
    body: request?.body ?? '',
    outcome: record.value?.record.state,
  };
}

const WORDY = Array.from({ length: 60 }, (_, n) =>
  anEvent({
    data: {
      title: `ビルド${n}が失敗しました 🧨`,
      text: '詳細'.repeat(900),
      facts: [{ name: '所要時間', value: '4分' }],
    },
  }),
);

describe('a card at its webhook', () => {
  it.each<[WebhookKind, number]>([
    ['connector', 18_000],
    ['connector', 4_000],
    ['workflow', 18_000],
    ['workflow', 4_000],
  ])('of a %s is within %d bytes, whatever was told', async (kind, budget) => {
    const { bytes, outcome } = await arrived(kind, budget, WORDY);

    expect(bytes).toBeLessThanOrEqual(budget);
    expect(bytes).toBeGreaterThan(budget / 3);
    expect(outcome).toBe(kind === 'connector' ? 'delivered' : 'accepted');
  });

  it('says how many there were, however few it has room to show', async () => {
    const { body } = await arrived('connector', 4_000, WORDY);

    expect(JSON.parse(body).summary).toContain('60');
  });
});
