/** Which channels get an event: by topic, scope and severity. */
import { isAtLeast } from '../subscriptions/severity.ts';
import type { Matching } from '../subscriptions/subscription.ts';
import type { Event } from './event.ts';
import type { Urgency } from './page.ts';

/** Whether a subscription gets an event, and how; `dropped`: it would, but its owner paused it without keeping. */
export type Match = Urgency | 'dropped' | 'no';

/** Matches one event with one subscription of its account. An event without a scope goes to those that chose no scopes. */
export function matchEvent(event: Event, subscription: Matching): Match {
  const { topics, scopes, minSeverity, urgentSeverity } = subscription;
  if (topics.length > 0 && !topics.includes(event.type)) return 'no';
  if (scopes.length > 0 && (event.scope === undefined || !scopes.includes(event.scope))) return 'no';
  if (!isAtLeast(event.severity, minSeverity)) return 'no';
  if (subscription.dropping) return 'dropped';
  return urgentSeverity !== null && isAtLeast(event.severity, urgentSeverity) && !subscription.immediate
    ? 'urgent'
    : 'ordinary';
}
