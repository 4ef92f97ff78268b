/** What happens in a round: channels, and the messages that come for each, drawn from chances. */
import type { Event } from '../../../shared/events/event.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import type { Chances } from '../random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const START = Date.parse('2026-11-23T08:00:00Z');

/** A message of events that comes at an instant. */
export interface Message {
  readonly at: number;
  readonly events: readonly Event[];
}

/** A round before it begins. Each channel is an account of its own, so that a message is for one of them. */
export interface Plan {
  readonly subscriptions: readonly Subscription[];
  readonly messages: readonly Message[];
  /** From here on no new events come and all webhooks are well. */
  readonly calmFrom: number;
  /** Owners look after their channels then; else probes and the last retries do it, hours or days later. */
  readonly mends: boolean;
}

/** Ten hours of hourly digests, bursts on channels that are told at once, urgent events in between, messages sent twice. */
export function planBusyDay(chances: Chances): Plan {
  const hourly = Array.from({ length: 14 }, (_, channel) =>
    aChannel(chances, {
      schedule: { every: 'hour', minute: chances.pick([0, 20, 40]), timeZone: 'Europe/Berlin' },
      urgentSeverity: channel % 3 === 0 ? 'critical' : null,
      whenEmpty: channel % 4 === 0 ? 'say' : 'skip',
    }),
  );
  const immediate = Array.from({ length: 4 }, () => aChannel(chances, { schedule: { every: 'now' } }));
  const calmFrom = START + 10 * HOUR;
  const messages = [
    ...hourly.flatMap((channel) => times(10 + chances.below(15), () => aMessage(chances, channel, START, calmFrom))),
    ...immediate.flatMap((channel) => times(8, () => aBurst(chances, channel, START, calmFrom)).flat()),
  ];
  return inOrder({ subscriptions: [...hourly, ...immediate], messages, calmFrom, mends: true });
}

/** One digest for each channel, at nine: however its webhook behaves, it comes to one in the end. */
export function planOneEach(chances: Chances, digests: number): Plan {
  const schedule = { every: 'day', at: '09:00', timeZone: 'UTC' } as const;
  const subscriptions = Array.from({ length: digests }, () => aChannel(chances, { schedule }));
  const nine = START + HOUR;
  const messages = subscriptions.map((channel) => aMessage(chances, channel, START, nine - 10 * MINUTE));
  return inOrder({ subscriptions, messages, calmFrom: nine + 2 * HOUR, mends: chances.below(3) === 0 });
}

let accounts = 0;

function aChannel(chances: Chances, change: Partial<Subscription>): Subscription {
  accounts += 1;
  const kind = chances.pick(['connector', 'workflow'] as const);
  const target = { appType: 'teams', name: 'Build room', kind, host: 'localhost' } as const;
  const locale = chances.pick(['en', 'de', 'fr', 'es', 'ja']);
  return aSubscription({ account: `account-${accounts}`, createdAt: START, target, locale, ...change });
}

function aMessage(chances: Chances, channel: Subscription, from: number, until: number): Message {
  const at = from + chances.below(until - from);
  return { at, events: times(1 + chances.below(6), () => someEvent(chances, channel, at)) };
}

function aBurst(chances: Chances, channel: Subscription, from: number, until: number): Message[] {
  let at = from + chances.below(until - from - MINUTE);
  return times(2 + chances.below(10), () => {
    at += chances.below(9_000);
    return { at, events: [someEvent(chances, channel, at)] };
  });
}

const LONG = 'A line of the log, *as it came*, with [brackets] and <tags>. '.repeat(30);

function someEvent(chances: Chances, { account }: Subscription, at: number): Event {
  const severity = chances.pick(['info', 'info', 'warning', 'error', 'critical'] as const);
  const event = anEvent({ account, severity, time: new Date(at).toISOString() });
  const group = chances.pick(['main', 'release', 'a-feature']);
  const text = LONG.slice(0, chances.below(3) === 0 ? chances.below(LONG.length) : 80);
  return { ...event, data: { ...event.data, group, text, url: `https://builds.example/${event.id}` } };
}

/** One message in ten comes twice, seconds or hours later. */
function inOrder({ messages, ...plan }: Plan): Plan {
  const twice = messages.filter((_, index) => index % 10 === 0);
  const again = twice.map(({ at, events }, index) => ({
    at: Math.min(at + (index + 1) * 97_000, plan.calmFrom),
    events,
  }));
  return { ...plan, messages: [...messages, ...again].sort((a, b) => a.at - b.at) };
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}
