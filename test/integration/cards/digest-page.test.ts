/** The page and chart of a digest, from the address on its card to what a reader gets. */
import { HttpRequest, InvocationContext } from '@azure/functions';
import { createDigestChartHandler } from '../../../functions/digest-chart.ts';
import { createDigestPageHandler } from '../../../functions/digest-page.ts';
import { createDigestLinks } from '../../../shared/cards/digest-links.ts';
import { createFindDigest } from '../../../shared/cards/page/find-digest.ts';
import { readTimeline } from '../../../shared/digests/read-content.ts';
import { createSignedTokens } from '../../../shared/identity/signed-token.ts';
import { answering } from '../../../shared/platform/answering.ts';
import type { Key } from '../../../shared/platform/key-ring.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld } from '../../world/world.ts';

const PUBLIC_URL = 'https://tidings.example';
const key: Key = { id: 'k1', bytes: new Uint8Array(32).fill(7), createdAt: 0 };
const keys = { current: () => key, find: (id: string) => (id === key.id ? key : undefined), all: () => [key] };

async function aReader({ daysLater = 0 } = {}) {
  const world = await aWorld();
  const now = () => world.clock.now() + daysLater * 24 * 3_600_000;
  const links = createDigestLinks(createSignedTokens({ keys, now }), PUBLIC_URL);
  const subscription = await world.subscribe(aSubscription());
  await world.receive([
    anEvent({ title: 'Build <b>812</b> failed', severity: 'error' }),
    anEvent({ title: 'Tests are slow', type: 'tests.slow' }),
  ]);
  await world.runUntil('2026-11-23T09:02:00Z');
  const { digestId } = JSON.parse(world.posted[0]?.body ?? '{}') as { digestId: string };
  const stored = await world.deps.digests.read(subscription.id, Number(digestId.split('_').at(-1)));
  const to = await links.linksTo({ digest: digestId, account: 'acme' }, stored?.record.frozenAt ?? 0);
  const findDigest = createFindDigest({ links, digests: world.deps.digests, subscriptions: world.subscriptions });
  const brand = { name: 'Octoforge', colour: '#1f6feb', logo: '/static/brand/octoforge.png' };
  const audience = (locale: string, timeZone: string) => ({
    locale,
    timeZone,
    brand,
    topicName: (type: string) => type,
  });
  const page = answering(createDigestPageHandler({ brand, findDigest, links, inbox: world.deps.inbox, audience }));
  const chart = answering(
    createDigestChartHandler({ findDigest, readTimeline: (id, record) => readTimeline(world.deps.inbox, id, record) }),
  );

  /** What a GET of an address gives; its id may be replaced. */
  async function get(address: string, id = digestId) {
    const handler = address.includes('/chart.png') ? chart : page;
    const request = new HttpRequest({
      method: 'GET',
      url: address,
      params: { id },
      query: Object.fromEntries(new URL(address).searchParams),
    });
    const answer = await handler(request, new InvocationContext({ logHandler: () => {} }));
    return {
      status: answer?.status,
      headers: new Headers(answer?.headers as Record<string, string>),
      body: String(answer?.body),
      bytes: answer?.body,
    };
  }
  return { world, subscription, digestId, to, get };
}

describe('the page of a digest', () => {
  it('shows every event to whoever has its address, and nothing of theirs as markup', async () => {
    const { to, get } = await aReader();

    const { status, headers, body } = await get(to.digest);

    expect(status).toBe(200);
    expect(body).toContain('Build &lt;b&gt;812&lt;/b&gt; failed');
    expect(body).toContain('Tests are slow');
    expect(body).toContain('/chart.png?t=');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('filters by topic', async () => {
    const { to, get } = await aReader();

    const { body } = await get(`${to.digest}&topic=tests.slow`);

    expect(body).toContain('Tests are slow');
    expect(body).not.toContain('812');
  });

  it.each<[string, (links: { digest: string; chart: string }) => string]>([
    ['without a token', ({ digest }) => digest.split('?')[0] ?? ''],
    ['with a changed token', ({ digest }) => `${digest.slice(0, -4)}AAAA`],
    ['with the token of its chart', ({ digest, chart }) => `${digest.split('?')[0]}?${chart.split('?')[1]}`],
  ])('is not there %s', async (_, change) => {
    const { to, get } = await aReader();

    const { status, body } = await get(change(to));

    expect(status).toBe(404);
    expect(body).not.toContain('812');
  });

  it('is not there for the token of another digest', async () => {
    const { to, get, subscription } = await aReader();

    expect((await get(to.digest, `${subscription.id}_1`)).status).toBe(404);
  });

  it('is not there after 31 days', async () => {
    const { to, get } = await aReader({ daysLater: 31 });

    expect((await get(to.digest)).status).toBe(404);
  });

  it('is not there once the subscription was removed', async () => {
    const { to, get, world, subscription } = await aReader();

    await world.subscriptions.bury({ id: subscription.id, account: 'acme', removedAt: world.clock.now() });

    expect((await get(to.digest)).status).toBe(404);
  });
});

describe('the chart of a digest', () => {
  it('is a picture', async () => {
    const { to, get } = await aReader();

    const { status, headers, bytes } = await get(to.chart);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('image/png');
    expect(
      Buffer.from(bytes as Uint8Array)
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it('does not open with the token of the page, which tells more', async () => {
    const { to, get } = await aReader();

    expect((await get(`${to.chart.split('?')[0]}?${to.digest.split('?')[1]}`)).status).toBe(404);
  });
});
