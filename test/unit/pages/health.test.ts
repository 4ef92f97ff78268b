/** How a channel does, in one sentence. */
import { readOutcome } from '../../../shared/delivery/outcome.ts';
import { createDates } from '../../../static/config/dates.ts';
import { type HealthOf, healthOf, reasonIn } from '../../../static/config/health.ts';
import { en } from '../../../static/words/en.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const NEXT = Date.parse('2026-11-21T08:00:00Z');
const say = { words: en, dates: createDates('en-GB'), zone: 'UTC' };
const subscription = {
  id: 'sub_1',
  account: 'acme',
  target: { appType: 'teams', name: 'Build room', kind: 'workflow' },
  topics: [],
  scopes: [],
  minSeverity: 'info',
  urgentSeverity: null,
  locale: 'en',
  schedule: { every: 'day', at: '09:00', timeZone: 'Europe/Berlin' },
  whenEmpty: 'skip',
  requireIdentity: false,
  state: 'active',
  revision: 1,
  health: { lastDeliveredAt: '2026-11-20T08:01:00Z' },
} as const;
const delivered = { id: '1', at: '2026-11-20T08:01:00Z', count: 12, state: 'delivered' };

it.each<[string, object, object, string]>([
  ['all is well', {}, {}, 'Last delivered today, 09:01, 12 events; next tomorrow, 09:00.'],
  ['nothing was due yet', { health: {} }, { deliveries: [] }, 'First delivery tomorrow, 09:00.'],
  [
    'it tells at once',
    { health: {}, schedule: { every: 'now' } },
    { deliveries: [], next: undefined },
    'Nothing has come yet. Events come as they happen.',
  ],
  [
    'it is paused',
    { state: 'paused', keep: true, until: null },
    {},
    'Paused until you resume it. What arrives meanwhile waits.',
  ],
  [
    'it is paused until a date and drops',
    { state: 'paused', keep: false, until: '2026-11-21T08:00:00Z' },
    {},
    'Paused until tomorrow, 09:00. What arrives meanwhile is not kept.',
  ],
  [
    'its webhook was removed',
    { state: 'disabled', reason: 'The webhook was removed: paste a new one.' },
    {},
    'Stopped: the address of the channel no longer exists. Paste a new address to go on; what was waiting will come.',
  ],
  [
    'its connector was removed, in Teams',
    { state: 'disabled', reason: 'gone' },
    { inHost: true },
    'Stopped: the address of the channel no longer exists. Save these settings again to go on; what was waiting will come.',
  ],
  [
    'Teams has a fault',
    { health: { failingSince: '2026-11-19T08:00:00Z', reason: 'The webhook answered 503.' } },
    {},
    'Not getting through since yesterday, 09:00: Teams had a fault. We keep trying; nothing is lost.',
  ],
  [
    'nobody saw the test card',
    { health: {} },
    { deliveries: [], test: { outcome: 'accepted', seen: false } },
    'The test card did not show up in the channel: look at the run history of its workflow.',
  ],
  [
    'the test card was not seen, and something arrived since',
    { health: { lastDeliveredAt: '2026-11-20T08:00:00Z' } },
    { deliveries: [], test: { outcome: 'accepted', seen: false } },
    'Last delivered today, 09:00; next tomorrow, 09:00.',
  ],
  [
    'events waited too long',
    { health: { dropped: { events: 3, at: '2026-11-19T08:00:00Z', because: 'waited' } } },
    {},
    'First delivery tomorrow, 09:00. Not kept any longer (yesterday, 09:00): 3 events, which had waited too long.',
  ],
  [
    'too many waited',
    { health: { dropped: { events: 1, at: '2026-11-19T08:00:00Z', because: 'too-many' } } },
    {},
    'First delivery tomorrow, 09:00. Not kept any longer (yesterday, 09:00): 1 event, since too many were waiting.',
  ],
  [
    'events were dropped long ago',
    { health: { dropped: { events: 3, at: '2026-09-19T08:00:00Z', because: 'waited' } } },
    {},
    'First delivery tomorrow, 09:00.',
  ],
])('when %s', (_when, over, of, sentence) => {
  const given = {
    subscription: { ...subscription, ...over },
    deliveries: [delivered],
    next: NEXT,
    now: NOW,
    inHost: false,
    ...of,
  };

  expect(healthOf(given as unknown as HealthOf, say).text).toBe(sentence);
});

it('has words for every answer of a webhook', () => {
  const statuses = [400, 401, 403, 404, 410, 413, 429, 500, 503];
  const outcomes = (['connector', 'workflow'] as const).flatMap((kind) => [
    ...statuses.map((status) => readOutcome(kind, { is: 'answered', status, body: '' })),
    readOutcome(kind, { is: 'answered', status: 200, body: 'something else' }),
  ]);

  const unknown = outcomes.filter(({ is, reason }) => reasonIn(en, reason ?? is) === en.timeline.reasons.other);

  expect(unknown).toEqual([]);
});
