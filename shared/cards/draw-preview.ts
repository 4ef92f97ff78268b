/** The card of a preview, which is the card that a test posts: drawn as a digest's, from real events or the catalogue's samples. */
import type { ReceivedEvent } from '../digests/recent-events.ts';
import { createSummary } from '../digests/summarise.ts';
import { briefOf } from '../events/brief.ts';
import type { Topic } from '../events/catalogue.ts';
import { isAtLeast } from '../subscriptions/severity.ts';
import type { Choices } from '../subscriptions/subscription.ts';
import { speechOf } from './messages/languages.ts';
import { type CardRequest, renderCard } from './render-card.ts';

/** What it is drawn from. `at`: as of when, in milliseconds since 1970; the same request gives the same bytes. */
export interface PreviewCard extends Omit<CardRequest, 'summary' | 'style'> {
  readonly at: number;
  readonly events: readonly ReceivedEvent[];
  /** The events are made up: the card says so. */
  readonly from: 'events' | 'samples';
}

/** Samples on one card. */
const MAX_SAMPLES = 8;
/** Samples lie this far apart. */
const SAMPLE_EVERY_MS = 9 * 60_000;

/** The body to post. */
export function drawPreview({ at, events, from, ...request }: PreviewCard): string {
  const summary = createSummary({ digestId: 'preview', frozenAt: at });
  for (const { event, receivedAt } of events) summary.add(briefOf(event), receivedAt);
  const { title } = speechOf(request.locale).messages.test;
  const brand = from === 'events' ? request.brand : { ...request.brand, name: title(request.brand.name) };
  return renderCard({ ...request, brand, summary: summary.finish(), style: 'normal' });
}

/** Samples of the chosen topics, as if they had just happened; of severities that would be told, where there are any. */
export function sampleEvents(
  topics: readonly Topic[],
  { topics: chosen, minSeverity }: Choices,
  at: number,
): ReceivedEvent[] {
  const samples = topics.filter(({ type }) => chosen.length === 0 || chosen.includes(type)).map(({ sample }) => sample);
  const told = samples.filter(({ severity }) => isAtLeast(severity, minSeverity));
  const shown = (told.length > 0 ? told : samples).slice(0, MAX_SAMPLES);
  return shown.map((sample, index) => {
    const receivedAt = at - (index + 1) * SAMPLE_EVERY_MS;
    return { event: { ...sample, time: new Date(receivedAt).toISOString() }, receivedAt };
  });
}
