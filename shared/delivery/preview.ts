/** What an owner sees before they save: the next times, and the card as it will look. */
import type { Audience, Brand } from '../cards/card-input.ts';
import { drawPreview, sampleEvents } from '../cards/draw-preview.ts';
import type { ReadRecentEvents } from '../digests/recent-events.ts';
import { type Catalogue, topicNameIn } from '../events/catalogue.ts';
import { matchEvent } from '../events/match.ts';
import type { Clock } from '../platform/clock.ts';
import { type Upcoming, upcoming } from '../schedules/upcoming.ts';
import { type Choices, isImmediate, type Target } from '../subscriptions/subscription.ts';
import type { WebhookKind } from '../subscriptions/webhook.ts';

/** What previews are made from. */
export interface PreviewDeps {
  readonly catalogue: Catalogue;
  readonly brand: Brand;
  readonly settingsUrl: string;
  readonly budgetBytes: number;
  readonly readRecent: ReadRecentEvents;
  readonly clock: Pick<Clock, 'now'>;
}

/** A draft, or a subscription as it is. */
export interface PreviewOf {
  readonly choices: Choices;
  readonly kind: WebhookKind;
  readonly appType?: Target['appType'] | undefined;
  /** Whose events to show; undefined for one that is not saved yet. */
  readonly subscriptionId?: string | undefined;
  /** As of when; now, unless an earlier preview is to be drawn again. */
  readonly at?: number | undefined;
}

/** A preview. */
export interface Preview {
  readonly at: number;
  /** Empty for a channel that is told at once. */
  readonly next: readonly Upcoming[];
  readonly from: 'events' | 'samples';
  readonly kind: WebhookKind;
  /** The very bytes that a test posts. */
  readonly body: string;
}

const NEXT_TIMES = 5;

/** Makes previews. */
export function createPreview({ catalogue, brand, settingsUrl, budgetBytes, readRecent, clock }: PreviewDeps) {
  return async function preview({
    choices,
    kind,
    appType,
    subscriptionId,
    at = clock.now(),
  }: PreviewOf): Promise<Preview> {
    const { schedule, locale } = choices;
    const real = await recentEvents(subscriptionId, choices, at);
    const from = real.length > 0 ? 'events' : 'samples';
    const audience: Audience = {
      locale,
      timeZone: schedule.every === 'now' ? 'UTC' : schedule.timeZone,
      brand,
      topicName: topicNameIn(catalogue.topics, locale),
      links: { settings: settingsUrl },
    };
    const events = real.length > 0 ? real : sampleEvents(catalogue.topics, choices, at);
    const body = drawPreview({ ...audience, at, events, from, kind, appType, budgetBytes });
    const next = schedule.every === 'now' ? [] : upcoming(schedule, clock.now(), NEXT_TIMES);
    return { at, next, from, kind, body };
  };

  /** Those that the choices as they are now would let through, whatever was chosen when they came. */
  async function recentEvents(subscriptionId: string | undefined, choices: Choices, until: number) {
    if (subscriptionId === undefined) return [];
    const { topics, scopes, minSeverity, urgentSeverity, schedule } = choices;
    const immediate = isImmediate(schedule);
    const matching = { id: subscriptionId, account: '', dropping: false, immediate };
    const wants = { ...matching, topics, scopes, minSeverity, urgentSeverity };
    return readRecent({ subscriptionId, until, wants: (event) => matchEvent(event, wants) !== 'no' });
  }
}

/** Makes previews. */
export type MakePreview = ReturnType<typeof createPreview>;
