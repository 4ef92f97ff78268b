import { newsOf, newsOfRemoval, toConnectorEvent } from '../../../shared/subscriptions/news-of-change.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { aSubscription } from '../../world/make.ts';

const AT = Date.parse('2026-11-23T09:00:00Z');
const DISABLED = { is: 'disabled', reason: 'The webhook was removed.', since: AT, nextProbe: AT + 86_400_000 } as const;
const PAUSED = { is: 'paused', arriving: 'keep', until: AT } as const;
const ACTIVE = { is: 'active' } as const;

type Case = readonly [what: string, before: Partial<Subscription>, after: Partial<Subscription>, news: string[]];

const CASES: readonly Case[] = [
  ['a pause', { state: ACTIVE }, { state: PAUSED }, ['paused']],
  ['a pause with another end', { state: PAUSED }, { state: { ...PAUSED, until: AT + 1 } }, ['paused']],
  ['a pause of a disabled channel', { state: DISABLED }, { state: PAUSED }, ['paused']],
  ['the end of a pause', { state: PAUSED }, { state: ACTIVE }, ['resumed']],
  ['a disabled webhook', { state: ACTIVE }, { state: DISABLED }, ['disabled']],
  ['an owner who resumes a disabled channel', { state: DISABLED }, { state: ACTIVE }, ['resumed']],
  ['other topics', { topics: [] }, { topics: ['build.failed'] }, ['changed']],
  ['another owner', { owners: [] }, { owners: [{ sub: 'ada' }] }, ['changed']],
  [
    'another webhook of a dead channel',
    { state: DISABLED, sealedWebhook: undefined },
    { state: ACTIVE },
    ['changed', 'resumed'],
  ],
  ['nothing that anybody sees', {}, {}, []],
];

it.each(CASES)('tells of %s', (_what, before, after, news) => {
  const subscription = aSubscription({ id: 'sub_a' });

  const told = newsOf({
    before: { ...subscription, ...before },
    after: { ...subscription, ...after, revision: 2 },
    by: 'owner',
    at: AT,
  });

  expect(told.map(({ what }) => what)).toEqual(news);
});

it('calls it recovered where the webhook answered again, and not its owner', () => {
  const before = aSubscription({ state: DISABLED });

  const told = newsOf({ before, after: { ...before, state: ACTIVE, revision: 2 }, by: 'delivery', at: AT });

  expect(told.map(({ what }) => what)).toEqual(['recovered']);
});

it('gives the same id each time it tells the same change, and the reason in words', () => {
  const before = aSubscription({ id: 'sub_a' });
  const change = { before, after: { ...before, state: DISABLED, revision: 7 }, by: 'delivery', at: AT } as const;

  const [first, again] = [newsOf(change), newsOf(change)].map(([news]) => news);

  expect(first).toEqual(again);
  expect(first).toMatchObject({
    id: 'sub_a.7.disabled',
    data: {
      revision: 7,
      state: 'disabled',
      reason: 'The webhook was removed.',
      since: '2026-11-23T09:00:00.000Z',
      nextProbe: '2026-11-24T09:00:00.000Z',
      target: { appType: 'teams', name: 'Build room', kind: 'connector', host: '127.0.0.1' },
    },
  });
});

it('says which choices changed, and nothing of the webhook but its host', () => {
  const before = aSubscription({ sealedWebhook: 'one' });
  const after = { ...before, sealedWebhook: 'two', locale: 'de', noticeTo: 'sub_b', revision: 2 };

  const [news] = newsOf({ before, after, by: 'owner', at: AT });

  expect(news?.data['changed']).toEqual(['locale', 'noticeTo', 'webhook']);
  expect(JSON.stringify(news)).not.toContain('two');
});

it('makes a CloudEvent whose subject is the subscription', () => {
  const news = newsOfRemoval({ id: 'sub_a', last: undefined, at: AT });

  const event = toConnectorEvent(news, {
    publicUrl: 'https://tidings.example',
    account: 'acme',
    subscriptionId: 'sub_a',
  });

  expect(event).toEqual({
    specversion: '1.0',
    id: 'sub_a.removed',
    source: 'https://tidings.example',
    type: 'tidings.subscription.removed',
    subject: 'sub_a',
    time: '2026-11-23T09:00:00.000Z',
    datacontenttype: 'application/json',
    account: 'acme',
    data: {},
  });
});
