/** The examples in docs/for-products.md of what the product is told of subscriptions are what the code makes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../../../infra/build-app.ts';
import { newsSchema } from '../../../shared/subscriptions/news.ts';
import { newsOf, newsOfRemoval, toConnectorEvent } from '../../../shared/subscriptions/news-of-change.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { aSubscription } from '../../world/make.ts';

const at = (day: number) => Date.UTC(2026, 10, day, 9);
const ABOUT = { publicUrl: 'https://tidings.example', account: 'acme', subscriptionId: 'sub_0f3a' };
const FIRST = aSubscription({
  id: 'sub_0f3a',
  revision: 1,
  target: { appType: 'teams', name: 'Build room', kind: 'connector', host: 'contoso.webhook.office.com' },
});
const CHANGED: Subscription = { ...FIRST, revision: 2, topics: ['build.failed'], schedule: { every: 'now' } };
const PAUSED: Subscription = {
  ...CHANGED,
  revision: 3,
  state: { is: 'paused', arriving: 'keep', until: Date.UTC(2026, 10, 30, 8) },
};
const RESUMED: Subscription = { ...CHANGED, revision: 4 };
const DISABLED: Subscription = {
  ...RESUMED,
  revision: 5,
  state: { is: 'disabled', reason: 'The webhook was removed.', since: at(25), nextProbe: at(26) },
};
const RECOVERED: Subscription = { ...RESUMED, revision: 6 };

const NEWS = [
  ...newsOf({ before: undefined, after: FIRST, by: 'owner', at: at(21) }),
  ...newsOf({ before: FIRST, after: CHANGED, by: 'owner', at: at(22) }),
  ...newsOf({ before: CHANGED, after: PAUSED, by: 'owner', at: at(23) }),
  ...newsOf({ before: PAUSED, after: RESUMED, by: 'owner', at: at(24) }),
  ...newsOf({ before: RESUMED, after: DISABLED, by: 'delivery', at: at(25) }),
  ...newsOf({ before: DISABLED, after: RECOVERED, by: 'delivery', at: at(26) }),
  newsOfRemoval({ id: 'sub_0f3a', last: RECOVERED, at: at(27) }),
];

const PAGE = readFileSync(join(projectDir, 'docs/for-products.md'), 'utf8');
const EXAMPLES: { type: string }[] = [...PAGE.matchAll(/```json\n([\s\S]*?)```/g)]
  .map(([, json = '']) => JSON.parse(json))
  .filter(({ type }) => String(type).startsWith('tidings.subscription.'));

it('shows one example of each kind of news', () => {
  expect(EXAMPLES.map(({ type }) => type.split('.').at(-1)).toSorted()).toEqual(
    [...newsSchema.shape.what.options].toSorted(),
  );
});

it.each(NEWS.map((news) => [news.what, news] as const))('shows of %s what is told', (what, news) => {
  const told = toConnectorEvent(news, ABOUT);

  expect(EXAMPLES.find(({ type }) => type.endsWith(`.${what}`))).toEqual(told);
});

it('names everything that can be changed', () => {
  const before = aSubscription({ owners: [{ sub: 'ada' }], sealedWebhook: 'one' });
  const after: Subscription = {
    ...before,
    target: { ...before.target, name: 'Another' },
    topics: ['x'],
    scopes: ['x'],
    minSeverity: 'critical',
    urgentSeverity: 'critical',
    locale: 'ja',
    schedule: { every: 'now' },
    whenEmpty: before.whenEmpty === 'skip' ? 'say' : 'skip',
    requireIdentity: !before.requireIdentity,
    noticeTo: 'sub_b',
    owners: [],
    sealedWebhook: 'two',
  };
  const [news] = newsOf({ before, after, by: 'owner', at: 0 });
  const [, named = ''] = /`changed` names what: (.*)\./.exec(PAGE) ?? [];

  expect([...named.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(news?.data['changed']);
});
