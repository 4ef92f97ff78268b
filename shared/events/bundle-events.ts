/** Sorts the events of a message by who gets them. */
import type { Matching } from '../subscriptions/subscription.ts';
import type { Event } from './event.ts';
import { matchEvent } from './match.ts';
import { packEvent } from './pack-event.ts';
import type { PackedEvent, Urgency } from './page.ts';

/** What is known of the subscriptions of each account that a message is of. */
export type SubscriptionsByAccount = ReadonlyMap<string, readonly Matching[]>;

/** Events of one message for one channel. */
export interface Bundle {
  readonly subscription: Matching;
  readonly urgency: Urgency;
  readonly events: PackedEvent[];
}

/** Bundles of events, each packed once for all of them. `gone`: what a pause drops; `dropped`: how often one does; `unmatched`: events that nobody wants. */
export function bundleEvents(events: readonly Event[], subscriptions: SubscriptionsByAccount) {
  const byUrgency = { ordinary: new Map<Matching, Bundle>(), urgent: new Map<Matching, Bundle>() };
  const gone = new Map<Matching, Bundle>();
  const counts = { unmatched: 0, dropped: 0 };
  for (const event of events) {
    let packed: PackedEvent | undefined;
    let matches = 0;
    for (const subscription of subscriptions.get(event.account) ?? []) {
      const match = matchEvent(event, subscription);
      if (match !== 'no') matches += 1;
      if (match === 'dropped') counts.dropped += 1;
      if (match === 'no') continue;
      packed ??= packEvent(event);
      if (match === 'dropped') bundleOf(gone, subscription, 'ordinary').events.push(packed);
      else bundleOf(byUrgency[match], subscription, match).events.push(packed);
    }
    if (matches === 0) counts.unmatched += 1;
  }
  return {
    bundles: [...byUrgency.ordinary.values(), ...byUrgency.urgent.values()],
    gone: [...gone.values()],
    ...counts,
  };
}

function bundleOf(bundles: Map<Matching, Bundle>, subscription: Matching, urgency: Urgency): Bundle {
  const known = bundles.get(subscription);
  if (known !== undefined) return known;
  const bundle = { subscription, urgency, events: [] };
  bundles.set(subscription, bundle);
  return bundle;
}
