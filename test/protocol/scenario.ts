/** What a search starts from: a channel, its processes, what happens to it, and what may go wrong. */
import type { Event } from '../../shared/events/event.ts';
import type { Severity } from '../../shared/subscriptions/severity.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { CHANNEL, type Edit } from './edits.ts';
import type { Patch } from './product.ts';
import type { Program } from './programs.ts';
import type { Faults } from './state.ts';

/** Something that happens at a moment of the search's choosing, each after the one before it. */
export type Happening = (Edit | { readonly do: 'emit'; readonly names: string } | { readonly do: 'reconcile' }) & {
  /** Not before this many minutes after the start. */
  readonly atMinute?: number;
  /** Not before this many minutes after the one before it. */
  readonly laterByMinutes?: number;
};

/** A search. */
export interface Scenario {
  readonly title: string;
  readonly subscription?: Partial<Subscription>;
  /** Limits of the product made so small that few messages meet them; the rules are the same. */
  readonly smaller?: readonly Patch[];
  /** Messages on the queue at the start, each the names of its events; `!` makes an event urgent. */
  readonly messages: readonly string[];
  readonly happenings?: readonly Happening[];
  readonly faults?: Partial<Faults>;
  /** How far each sender's clock is ahead of the true time, in seconds: at most 60 apart from any other. */
  readonly senders?: readonly number[];
  readonly receivers?: readonly number[];
  readonly dispatchers?: readonly number[];
  /** How often a process may be overtaken while it could go on; undefined: at every step. */
  readonly switches?: number;
  /** How often the minute's timer may find something due. */
  readonly ticks?: number;
  /** At this true time the search looks no further; what still waits on a queue then never came to rest. */
  readonly endsAfterHours?: number;
  /** More jobs than this at a time are a storm. */
  readonly mostJobs?: number;
  /** An owner's call that dies half-way is answered by an error, and may need the hourly net (rule 4). */
  readonly editorsDie?: true;
  /** An owner who pauses may have events dropped. */
  readonly mayDrop?: boolean;
  /** When it starts: 08:00 UTC. */
  readonly startsAt?: number;
}

export const START = Date.parse('2026-11-23T08:00:00Z');

/** The text of a message of events: `'a b!'` is two events, the second one urgent. */
export function messageOf(names: string): string {
  return JSON.stringify(names.split(' ').map((name) => eventOf(name.replace('!', ''), name.endsWith('!'))));
}

function eventOf(title: string, urgent: boolean): Event {
  const severity: Severity = urgent ? 'critical' : 'info';
  const source = 'https://builds.example';
  return {
    specversion: '1.0',
    id: title,
    source,
    type: 'build',
    account: CHANNEL.account,
    severity,
    data: { title },
  };
}

/** The events that a message carries. */
export function eventsIn(message: string): string[] {
  const events = JSON.parse(message) as readonly Event[];
  return events.map(({ id }) => id);
}

/** When events came that come again later: only of these the time counts. */
export function cameAgain(
  { happenings = [] }: Scenario,
  happened: number,
  before: Readonly<Record<string, number>>,
  messages: readonly string[],
  t: number,
): Record<string, number> {
  const later = new Set(happenings.slice(happened).flatMap((one) => (one.do === 'emit' ? namesIn(one.names) : [])));
  const now = messages.flatMap(namesIn).map((name): [string, number] => [name, t]);
  return Object.fromEntries(
    Object.entries({ ...Object.fromEntries(now), ...before }).filter(([name]) => later.has(name)),
  );
}

/** The names of a message's events. */
export function namesIn(message: string): string[] {
  return message.replaceAll('!', '').split(' ');
}

/** The processes of a scenario, in their order. */
export function programsOf({
  senders = [0, 60],
  receivers = [0],
  dispatchers,
  happenings = [],
  ticks,
}: Scenario): Program[] {
  const timers = dispatchers ?? ((ticks ?? 0) > 0 ? [0] : []);
  const hasEdits = happenings.some((happening) => happening.do !== 'emit');
  const hasNet = happenings.some((happening) => happening.do === 'reconcile');
  return [
    ...receivers.map((skew, index): Program => ({ kind: 'receiver', name: 'RS'.charAt(index), skewMs: skew * 1000 })),
    ...senders.map((skew, index): Program => ({ kind: 'sender', name: 'ABC'.charAt(index), skewMs: skew * 1000 })),
    ...timers.map((skew, index): Program => ({ kind: 'dispatcher', name: 'DT'.charAt(index), skewMs: skew * 1000 })),
    ...(hasEdits ? [{ kind: 'editor', name: 'E', skewMs: 0 } as const] : []),
    ...(hasNet ? [{ kind: 'reconciler', name: 'N', skewMs: 0 } as const] : []),
  ];
}
