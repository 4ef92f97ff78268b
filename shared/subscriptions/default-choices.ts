/** What a new subscription begins with, until its owner chooses: the catalogue's recommended topics, on weekdays at nine. */
import type { Choices } from './subscription.ts';

/** What is known of the owner and the product. */
export interface DefaultChoicesFor {
  readonly recommendedTopics: readonly string[];
  /** The owner's IANA time zone; undefined when their browser did not say. */
  readonly timeZone: string | undefined;
}

/** The choices of a new subscription. */
export function defaultChoices({ recommendedTopics, timeZone = 'UTC' }: DefaultChoicesFor): Choices {
  return {
    topics: [...recommendedTopics],
    scopes: [],
    minSeverity: 'info',
    urgentSeverity: 'critical',
    locale: 'en',
    schedule: { every: 'day', days: ['mon', 'tue', 'wed', 'thu', 'fri'], at: '09:00', timeZone },
    whenEmpty: 'skip',
    requireIdentity: false,
  };
}
