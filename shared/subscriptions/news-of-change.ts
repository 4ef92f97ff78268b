/** What the product is told of a subscription: which changes are news, and what each says. The shapes are part of the product's interface. */
import type { ConnectorEvent } from '../platform/connector-events-queue.ts';
import type { News } from './news.ts';
import type { Choices, Subscription } from './subscription.ts';

/** Who changed it: `delivery` is the webhook's own answers, `operator` whoever runs the connector. */
export type ChangedBy = 'owner' | 'delivery' | 'operator';

/** A change: `before` is undefined for a new subscription. */
export interface Changed {
  readonly before: Subscription | undefined;
  readonly after: Subscription;
  readonly by: ChangedBy;
  readonly at: number;
}

/** What a change is news of, in the order in which it is told; empty for one that concerns nobody outside. */
export function newsOf({ before, after, by, at }: Changed): News[] {
  const news = (what: News['what'], more: News['data'] = {}): News => ({
    id: `${after.id}.${after.revision}.${what}`,
    what,
    at,
    data: { ...dataOf(after), ...more, ...byOperator(by) },
  });
  if (before === undefined) return [news('created')];
  const chosen = whatChanged(before, after);
  const changed = chosen.length === 0 ? [] : [news('changed', { changed: chosen })];
  if (JSON.stringify(before.state) === JSON.stringify(after.state)) return changed;
  return [...changed, news(whatOfState(after, by), stateData(after.state))];
}

/** The news of a removal; `last` is the subscription as it stood, where it is still known. */
export function newsOfRemoval({ id, last, at, by }: Removed): News {
  const data = { ...(last === undefined ? {} : dataOf(last)), ...byOperator(by) };
  return { id: `${id}.removed`, what: 'removed', at, data };
}

/** A removal. */
interface Removed {
  readonly id: string;
  readonly last: Subscription | undefined;
  readonly at: number;
  readonly by?: ChangedBy;
}

/** Said only of operators: what owners and webhooks do is the rule. */
function byOperator(by: ChangedBy | undefined): News['data'] {
  return by === 'operator' ? { by } : {};
}

/** The event that tells it: `tidings.subscription.paused` and so on, with the subscription's id as its subject. */
export function toConnectorEvent({ id, what, at, data }: News, about: ConnectorEventAbout): ConnectorEvent {
  return {
    specversion: '1.0',
    id,
    source: about.publicUrl,
    type: `tidings.subscription.${what}`,
    subject: about.subscriptionId,
    time: new Date(at).toISOString(),
    datacontenttype: 'application/json',
    account: about.account,
    data,
  };
}

/** Which subscription an event is about, and who tells. */
export interface ConnectorEventAbout {
  readonly publicUrl: string;
  readonly account: string;
  readonly subscriptionId: string;
}

function dataOf({ revision, target, state }: Subscription): News['data'] {
  const { appType, name, kind, host } = target;
  return { revision, state: state.is, target: { appType, name, kind, host } };
}

function whatOfState({ state }: Subscription, by: ChangedBy): News['what'] {
  switch (state.is) {
    case 'active':
      return by === 'delivery' ? 'recovered' : 'resumed';
    case 'paused':
      return 'paused';
    case 'disabled':
      return 'disabled';
  }
}

function stateData(state: Subscription['state']): News['data'] {
  switch (state.is) {
    case 'active':
      return {};
    case 'paused':
      return { arriving: state.arriving, ...(state.until === undefined ? {} : { until: iso(state.until) }) };
    case 'disabled':
      return { reason: state.reason, since: iso(state.since), nextProbe: iso(state.nextProbe) };
  }
}

const CHOICES = [
  'topics',
  'scopes',
  'minSeverity',
  'urgentSeverity',
  'locale',
  'schedule',
  'whenEmpty',
  'requireIdentity',
  'noticeTo',
] as const satisfies readonly (keyof Choices)[];

function whatChanged(before: Subscription, after: Subscription): string[] {
  const differs = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);
  return [
    ...CHOICES.filter((choice) => differs(before[choice] ?? null, after[choice] ?? null)),
    ...(differs(before.owners, after.owners) ? ['owners'] : []),
    ...(before.target.name === after.target.name ? [] : ['name']),
    ...(before.sealedWebhook === after.sealedWebhook ? [] : ['webhook']),
  ];
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
