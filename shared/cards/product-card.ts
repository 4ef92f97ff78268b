/** A card that the product made itself and sent with its event: shown as it is, where it is right. */
import type { Event } from '../events/event.ts';
import type { WebhookKind } from '../subscriptions/webhook.ts';
import { inEnvelope } from './adaptive-card.ts';
import { lintMessageCard } from './lint-message-card.ts';
import { messageCardSchema } from './message-card.ts';
import { toShownTitle } from './plain-text.ts';
import { toAdaptiveCard } from './to-adaptive-card.ts';

/** The body to post; undefined when the event has no card, or one that says nothing, would be refused or cut, or is unsafe. */
export function productCardBody({ data }: Event, kind: WebhookKind): string | undefined {
  if (data.card === undefined || !SAYS_SOMETHING.some((field) => field in (data.card ?? {}))) return undefined;
  const withSummary = { summary: toShownTitle(data.title), ...data.card }; // every card should have one
  if (lintMessageCard(withSummary).some(({ level }) => level === 'error')) return undefined;
  const parsed = messageCardSchema.safeParse(withSummary);
  if (!parsed.success) return undefined;
  return JSON.stringify(
    kind === 'connector' ? parsed.data : inEnvelope(toAdaptiveCard(parsed.data, { instead: data.url })),
  );
}

const SAYS_SOMETHING = ['title', 'text', 'sections'] as const;
