/** Which channels get an event: by topic, scope and severity. */
import { isAtLeast } from '../subscriptions/severity.ts';
import type { Matching } from '../subscriptions/subscription.ts';
import type { Event } from './event.ts';
import type { Urgency } from './page.ts';

/** Whether a subscription gets an event, and how; `dropped`: it would, but its owner paused it without keeping. */
export type Match = Urgency | 'dropped' | 'no';

/** A choice that keeps an event from a subscription. */
export type NotWanted = 'topic' | 'scope' | 'severity';

/** Which choice of a subscription keeps an event from it; undefined when none does. An event without a scope goes to those that chose no scopes. */
export function whyNotWanted(
  event: Pick<Event, 'type' | 'scope' | 'severity'>,
  { topics, scopes, minSeverity }: Pick<Matching, 'topics' | 'scopes' | 'minSeverity'>,
): NotWanted | undefined {
  if (topics.length > 0 && !topics.includes(event.type)) return 'topic';
  if (scopes.length > 0 && (event.scope === undefined || !scopes.includes(event.scope))) return 'scope';
  return isAtLeast(event.severity, minSeverity) ? undefined : 'severity';
}

/** Matches one event with one subscription of its account. */
export function matchEvent(event: Event, subscription: Matching): Match {
  const { urgentSeverity } = subscription;
  if (whyNotWanted(event, subscription) !== undefined) return 'no';
  if (subscription.dropping) return 'dropped';
  return urgentSeverity !== null && isAtLeast(event.severity, urgentSeverity) && !subscription.immediate
    ? 'urgent'
    : 'ordinary';
}
