/** Events and digests for card tests. */
import type { DigestSummary } from '../../../shared/digests/digest-summary.ts';
import { createSummary } from '../../../shared/digests/summarise.ts';
import { briefOf } from '../../../shared/events/brief.ts';
import { type Event, eventSchema } from '../../../shared/events/event.ts';

/** Saturday, 21 November 2026, 09:00 UTC: ten o'clock in Berlin. */
export const NOW = Date.parse('2026-11-21T09:00:00Z');

type Parts = Partial<Omit<Event, 'data' | 'time'>> & {
  readonly data?: Partial<Event['data']>;
  readonly minutesAgo?: number;
};

let made = 0;

/** An event that says nothing but what is given. */
export function anEvent({ minutesAgo = 0, data, ...rest }: Parts = {}): Event {
  made += 1;
  return eventSchema.parse({
    specversion: '1.0',
    id: String(made),
    source: 'https://builds.example/acme',
    type: 'build.failed',
    time: new Date(NOW - minutesAgo * 60_000).toISOString(),
    account: 'acme',
    ...rest,
    data: { title: 'Build 812 failed', ...data },
  });
}

/** The digest of these events. */
export function aDigest(events: readonly Event[]): DigestSummary {
  const summary = createSummary({ digestId: 'digest-1', frozenAt: NOW });
  for (const event of events) summary.add(briefOf(event), NOW);
  return summary.finish();
}
