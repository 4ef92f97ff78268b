/** Events and subscriptions for tests: valid, and as plain as can be. */
import type { Event } from '../../shared/events/event.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';

let counter = 0;

/** An event of account `acme`; every call gives another identity. */
export function anEvent(change: Partial<Event> & { readonly title?: string } = {}): Event {
  counter += 1;
  const { title = `Build ${counter} failed`, ...rest } = change;
  return {
    specversion: '1.0',
    id: `event-${counter}`,
    source: 'https://builds.example/acme',
    type: 'build.failed',
    account: 'acme',
    severity: 'info',
    data: { title },
    ...rest,
  };
}

/** A subscription of account `acme`: everything, weekdays at 09:00 in UTC, no urgent events. */
export function aSubscription(change: Partial<Subscription> = {}): Subscription {
  counter += 1;
  return {
    id: `sub_${counter}`,
    account: 'acme',
    target: { appType: 'teams', name: 'Build room', kind: 'connector', host: '127.0.0.1' },
    topics: [],
    scopes: [],
    minSeverity: 'info',
    urgentSeverity: null,
    locale: 'en',
    schedule: { every: 'day', at: '09:00', timeZone: 'UTC' },
    whenEmpty: 'skip',
    requireIdentity: false,
    state: { is: 'active' },
    owners: [],
    revision: 1,
    createdAt: 0,
    sealedWebhook: 'sealed',
    ...change,
  };
}
