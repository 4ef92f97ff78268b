/** How a channel does, in one sentence: the first thing its owner wants to know. */
import type { Words } from '../words/en.ts';
import type { DeliveryView, SubscriptionView, TestView } from './api.ts';
import type { Dates } from './dates.ts';

/** What the sentence is made from. Times are milliseconds since 1970. */
export interface HealthOf {
  readonly subscription: SubscriptionView;
  /** Newest first. */
  readonly deliveries: readonly DeliveryView[];
  /** The last test card. */
  readonly test?: TestView | null | undefined;
  readonly next: number | undefined;
  readonly now: number;
  /** Where the owner cannot paste an address, saving again gives the new one. */
  readonly inHost: boolean;
}

/** The sentence, and how it should look. */
export interface HealthSentence {
  readonly tone: 'good' | 'info' | 'warning' | 'bad';
  readonly text: string;
}

/** What it is said in. */
interface Speech {
  readonly words: Words;
  readonly dates: Dates;
  readonly zone: string;
}

/** As long as events wait: then it is no news any more. */
const DROPPED_IS_NEWS_MS = 45 * 24 * 3_600_000;

/** Makes the sentence, and another where events were lost lately. */
export function healthOf(of: HealthOf, speech: Speech): HealthSentence {
  const { tone, text } = standingOf(of, speech);
  const lost = droppedOf(of, speech);
  return lost === undefined ? { tone, text } : { tone: tone === 'bad' ? 'bad' : 'warning', text: `${text} ${lost}` };
}

function droppedOf(
  { subscription: { health, schedule }, now }: HealthOf,
  { words, dates, zone }: Speech,
): string | undefined {
  const { events, at, because } = health?.dropped ?? {};
  if (events === undefined || at == null || now - Date.parse(at) > DROPPED_IS_NEWS_MS) return undefined;
  const when = dates.soon(Date.parse(at), now, timeZoneOf(schedule, zone));
  return words.health.dropped[because ?? 'waited'](words.timeline.events(events), when);
}

function timeZoneOf(schedule: SubscriptionView['schedule'], zone: string): string {
  return schedule.every === 'now' ? zone : schedule.timeZone;
}

function standingOf(of: HealthOf, { words, dates, zone }: Speech): HealthSentence {
  const { subscription, deliveries, test, next, now, inHost } = of;
  const { health: say } = words;
  const { schedule, state, health } = subscription;
  const timeZone = timeZoneOf(schedule, zone);
  const soon = (at: number) => dates.soon(at, now, timeZone);
  const why = (reason: string | null | undefined) => reasonIn(words, reason);
  if (state === 'disabled') {
    const reason = why(subscription.reason ?? health?.reason);
    return { tone: 'bad', text: inHost ? say.stoppedInHost(reason) : say.stopped(reason) };
  }
  if (state === 'paused') {
    const until = subscription.until == null ? say.paused : say.pausedUntil(soon(Date.parse(subscription.until)));
    return { tone: 'info', text: `${until} ${subscription.keep === false ? say.drops : say.keeps}` };
  }
  if (health?.failingSince != null)
    return { tone: 'warning', text: say.failing(soon(Date.parse(health.failingSince)), why(health.reason)) };
  const last = health?.lastDeliveredAt == null ? undefined : Date.parse(health.lastDeliveredAt);
  // A flow took the card and nobody saw it: until something arrives, that is what is known.
  if (last === undefined && test?.seen === false) return { tone: 'warning', text: say.testUnseen };
  if (last === undefined && schedule.every === 'now') return { tone: 'info', text: `${say.nothingYet} ${say.now}` };
  if (last === undefined)
    return { tone: 'info', text: next === undefined ? say.nothingYet : say.nextFirst(soon(next)) };
  const count = deliveries.find(({ state: is }) => is === 'delivered' || is === 'accepted')?.count;
  const lastSaid = count === undefined ? say.lastOnly(soon(last)) : say.last(soon(last), words.timeline.events(count));
  return { tone: 'good', text: say.list(next === undefined ? [lastSaid] : [lastSaid, say.next(soon(next))]) };
}

/** A reason that the words have a sentence for. */
type Reason = keyof Words['timeline']['reasons'];

/** The API gives outcomes by name, and reasons as sentences in English: by what is in them they are found here. */
const REASONS: readonly (readonly [RegExp, Reason])[] = [
  [/^gone$|removed/i, 'gone'],
  [/^unauthorised$|signed-in caller|wants a sign-in/i, 'closed'],
  [/^forbidden$|policy/i, 'blocked'],
  [/^too-large$|too large/i, 'too-large'],
  [/^throttled$|slow down/i, 'throttled'],
  [/^refused$|refused/i, 'refused'],
  [/^unclear$|do not know|expected|answer/i, 'unclear'],
  [/reach|connect|resolve|time/i, 'unreachable'],
  [/^failed$|failed/i, 'failing'],
];

/** A reason in words. */
export function reasonIn({ timeline }: Words, reason: string | null | undefined): string {
  const told = reason ?? '';
  const known = /answered \d/.test(told) ? 'failing' : REASONS.find(([pattern]) => pattern.test(told))?.[1];
  return timeline.reasons[known ?? 'other'];
}
