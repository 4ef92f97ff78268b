/** A card that the product made itself and sent with its event: shown as it is, where it is right. */
import type { Event } from '../events/event.ts';
import type { WebhookKind } from '../subscriptions/webhook.ts';
import { inEnvelope } from './adaptive-card.ts';
import { lintMessageCard } from './lint-message-card.ts';
import { messageCardSchema } from './message-card.ts';
import { toShownTitle } from './plain-text.ts';
import { toAdaptiveCard } from './to-adaptive-card.ts';

/** The body to post; undefined when the event has no card, or one that would be refused, cut or unsafe. */
export function productCardBody({ data }: Event, kind: WebhookKind): string | undefined {
  if (data.card === undefined) return undefined;
  if (lintMessageCard(data.card).some(({ level }) => level === 'error')) return undefined;
  const parsed = messageCardSchema.safeParse(data.card);
  if (!parsed.success) return undefined;
  const card = { ...parsed.data, summary: parsed.data.summary ?? toShownTitle(data.title) };
  return JSON.stringify(kind === 'connector' ? card : inEnvelope(toAdaptiveCard(card, { instead: data.url })));
}
