/** What a run is made of, from its seed: 300 channels of both kinds with mixed schedules, and the events that come. */
import type { Schedule } from '../../shared/schedules/schedule.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import type { WebhookKind } from '../../shared/subscriptions/webhook.ts';
import type { Chances } from '../faults/random.ts';
import { aSubscription } from '../world/make.ts';
import type { Severity } from './oracle.ts';

/** Events a second. */
export const EVENTS_PER_SECOND = 200;
/** Events in a message. */
export const PER_MESSAGE = 20;
/** Channels, and the accounts they share. */
export const CHANNELS = 300;
const ACCOUNTS = 60;
/** Monday; the wall clock goes sixty times as fast, so that hours pass in minutes. */
export const WALL_START = Date.parse('2026-11-23T07:30:00Z');
export const WALL_RATE = 60;
/** Where the clock is set once all is quiet: past a due time of every schedule below. */
export const WALL_END = Date.parse('2026-12-01T12:00:30Z');

const TOPICS = ['build.failed', 'build.passed', 'issue.opened', 'issue.closed', 'deploy.done', 'review.asked'] as const;
const SCOPES = ['api', 'web', 'docs', 'infra'] as const;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'] as const;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** An event as it is sent: only what a product would write. */
export interface SoakEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly account: string;
  readonly scope?: string;
  readonly severity: Severity;
  readonly data: Readonly<Record<string, unknown>> & { readonly title: string };
}

/** The channels: a tenth told at once, two fifths hourly, the rest daily, weekly and monthly; some tell urgent events at once. */
export function planChannels(chances: Chances, host: string): Subscription[] {
  return Array.from({ length: CHANNELS }, (_, index) => {
    const schedule = scheduleOf(index, chances);
    const immediate = schedule.every === 'now';
    const kind: WebhookKind = Math.floor(index / 10) % 2 === 0 ? 'connector' : 'workflow';
    return aSubscription({
      id: `sub_soak-${String(index).padStart(3, '0')}`,
      account: `account-${index % ACCOUNTS}`,
      createdAt: WALL_START, // from when on a silent channel would be told that all is quiet
      target: { appType: 'teams', name: `Channel ${index}`, kind, host },
      schedule,
      // Channels that are told at once choose little: else their webhooks' hundred cards an hour are used up in minutes.
      topics: immediate ? [chances.pick(TOPICS)] : chances.below(3) === 0 ? [] : some(TOPICS, chances),
      scopes: chances.below(3) === 0 ? some(SCOPES, chances) : [],
      minSeverity: immediate ? 'error' : chances.pick(['info', 'info', 'info', 'warning']),
      urgentSeverity: !immediate && index % 7 === 0 ? 'critical' : null,
      whenEmpty: index % 12 === 1 ? 'say' : 'skip',
      locale: chances.pick(['en', 'de', 'fr', 'es', 'ja']),
    });
  });
}

function scheduleOf(index: number, chances: Chances): Schedule {
  const timeZone = chances.pick(ZONES);
  const at = `${String(chances.below(24)).padStart(2, '0')}:${String(chances.below(60)).padStart(2, '0')}`;
  switch (index % 10) {
    case 0:
      return { every: 'now' };
    case 1:
    case 2:
    case 3:
    case 4:
      return { every: 'hour', minute: chances.below(60), timeZone };
    case 5:
      return { every: 'week', day: chances.pick(DAYS), at, timeZone };
    case 6:
      return { every: 'month', day: chances.pick([24, 30, 'last']), at, timeZone };
    default:
      return { every: 'day', at, timeZone };
  }
}

/** The next message: events of one account. Some have no scope; few are critical. */
export function nextMessage(chances: Chances, first: number): SoakEvent[] {
  const account = `account-${chances.below(ACCOUNTS)}`;
  return Array.from({ length: PER_MESSAGE }, (_, position) => anEvent(chances, first + position, account));
}

function anEvent(chances: Chances, number: number, account: string): SoakEvent {
  const dice = chances.below(200);
  const severity = dice === 0 ? 'critical' : dice < 20 ? 'error' : dice < 70 ? 'warning' : 'info';
  return {
    specversion: '1.0',
    id: `e${number}`,
    source: 'https://builds.example/soak',
    type: chances.pick(TOPICS),
    account,
    ...(chances.below(10) === 0 ? {} : { scope: chances.pick(SCOPES) }),
    severity,
    data: {
      title: `Soak event ${number}`,
      text: 'Two of 812 tests failed on *main*, the first of them "keeps a digest open".',
      url: `https://builds.example/soak/${number}`,
      group: `branch-${number % 7}`,
    },
  };
}

function some<T>(items: readonly T[], chances: Chances): T[] {
  const taken = items.filter(() => chances.below(2) === 0);
  return taken.length === 0 ? items.slice(0, 1) : taken;
}
