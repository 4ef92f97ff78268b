/** What the page does when its change is refused because the subscription is another one by now. */
import { createApi, type SubscriptionView } from '../../../static/config/api.ts';
import type { Call, Client } from '../../../static/config/client.ts';
import { Problem } from '../../../static/config/problem.ts';
import { aSubscriptionView } from '../../browser/owner/canned-answers.ts';

const seen = aSubscriptionView() as unknown as SubscriptionView;
const choices = { whenEmpty: 'say' } as const;

/** An API whose subscription has become `now`. */
function anApi(now: object) {
  const stored = aSubscriptionView({ revision: 4, ...now });
  const calls: Call[] = [];
  const client = {
    async call({ revision, ...call }: Call) {
      calls.push({ ...call, ...(revision === undefined ? {} : { revision }) });
      if (revision !== undefined && revision !== stored.revision)
        throw new Problem({ status: 412, code: 'subscription-changed' });
      return stored;
    },
  } as unknown as Client;
  return { api: createApi(client), calls };
}

it.each([
  ['stopped', { state: 'disabled', reason: 'The webhook was removed.', since: '2026-11-21T09:00:00Z' }],
  ['started again', { state: 'active', health: { lastDeliveredAt: null, failingSince: null, reason: null } }],
])('goes on when delivery itself %s', async (_, now) => {
  const { api, calls } = anApi(now);

  await api.change(seen, choices);

  expect(calls.map(({ method = 'GET', revision }) => [method, revision])).toEqual([
    ['PATCH', 3],
    ['GET', undefined],
    ['PATCH', 4],
  ]);
  expect(calls[2]?.body).toEqual(choices);
});

it.each([
  ['chose otherwise', { whenEmpty: 'say' }],
  ['paused it', { state: 'paused', keep: true }],
  ['moved it', { target: { ...seen.target, kind: 'connector' } }],
])('leaves the decision to the person when somebody %s', async (_, now) => {
  const { api, calls } = anApi(now);

  const changing = api.change(seen, choices);

  await expect(changing).rejects.toMatchObject({ status: 412 });
  expect(calls).toHaveLength(2);
});
