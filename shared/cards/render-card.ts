/** Renders a digest as the body to post: one digest model, two formats, never over the byte budget. */
import type { DigestItem, DigestSummary } from '../digests/digest-summary.ts';
import type { WebhookKind } from '../subscriptions/webhook.ts';
import { inEnvelope } from './adaptive-card.ts';
import { type Audience, type Voice, voiceFor } from './card-input.ts';
import type { CardView, Line } from './card-view.ts';
import { type Detail, LADDER } from './detail.ts';
import { digestView } from './digest-view.ts';
import { drawAdaptiveCard } from './draw-adaptive-card.ts';
import { type AppType, drawMessageCard } from './draw-message-card.ts';
import { eventView } from './event-view.ts';
import { escapeMarkdown } from './markdown.ts';
import { nothingNewView } from './notice-views.ts';
import { toShownTitle } from './plain-text.ts';
import { plainBodies } from './plain-view.ts';
import { productCardBody } from './product-card.ts';

/** What a card is rendered from. */
export interface CardRequest extends Audience {
  readonly summary: DigestSummary;
  readonly kind: WebhookKind;
  /** Where a MessageCard is read; unknown: it is drawn so that both show it. */
  readonly appType?: AppType | undefined;
  /** UTF-8 bytes of the whole body; at least 1,024, so that a plain card always fits. */
  readonly budgetBytes: number;
  /** `plain`: the card of last resort, for one that was refused or cannot be drawn. */
  readonly style: 'normal' | 'plain';
  /** Events that were told at once since the digest before; the card says how many. */
  readonly alreadyShown?: number | undefined;
}

/** The JSON body to post. The same request gives the same body, byte for byte. */
export function renderCard(request: CardRequest): string {
  const { acts: _, channelNow, ...asPosted } = request;
  const voice = voiceFor(asPosted);
  if (request.style === 'normal') {
    const product = productBody(request);
    if (product !== undefined) return product;
    for (const detail of LADDER) {
      const draw = (by: Voice) => {
        const view = withAlreadyShown(viewOf(request.summary, by, detail), request.alreadyShown, by);
        return drawBody(view, request.kind, request.appType);
      };
      const body = draw(voice);
      if (Buffer.byteLength(body) > request.budgetBytes) continue;
      // Shown anew it stays on the rung that it was posted at: only what was answered differs. An answer takes a button away,
      // which is longer than the line it adds.
      if (request.acts === undefined) return body;
      return draw(voiceFor({ ...request, channel: channelNow ?? request.channel }));
    }
  }
  return plainBody(request, voice);
}

/** A view as the body to post. */
export function drawBody(view: CardView, kind: WebhookKind, appType?: AppType): string {
  return JSON.stringify(kind === 'connector' ? drawMessageCard(view, appType) : inEnvelope(drawAdaptiveCard(view)));
}

/** How the title of an event stands in a body, before JSON: for finding an event on a card. */
export function titleOnCard(title: string, kind: WebhookKind): string {
  return kind === 'connector' ? escapeMarkdown(toShownTitle(title)) : toShownTitle(title);
}

function viewOf(summary: DigestSummary, voice: Voice, detail: Detail): CardView {
  if (summary.total === 0) return nothingNewView(voice);
  const only = onlyItem(summary);
  return only === undefined ? digestView(summary, voice, detail) : eventView(only, summary.frozenAt, voice, detail);
}

/** Said below what the first block says, so that no card gets a section more for it. */
function withAlreadyShown(view: CardView, count: number | undefined, { say }: Voice): CardView {
  const [first, ...blocks] = view.blocks;
  if (count === undefined || count === 0 || first === undefined) return view;
  const line: Line = [{ text: say.alreadyShown(count), look: 'subtle' }];
  return { ...view, blocks: [{ ...first, lines: [...first.lines, line] }, ...blocks] };
}

/** The item of a digest of one event. */
function onlyItem({ total, groups }: DigestSummary): DigestItem | undefined {
  return total === 1 ? groups[0]?.items[0] : undefined;
}

/** The card that came with the only event, when it is right and fits. */
function productBody({ summary, kind, budgetBytes }: CardRequest): string | undefined {
  const item = onlyItem(summary);
  const body = item === undefined ? undefined : productCardBody(item.event, kind);
  return body !== undefined && Buffer.byteLength(body) <= budgetBytes ? body : undefined;
}

function plainBody({ summary, kind, budgetBytes }: CardRequest, { say, brandName, links }: Voice): string {
  const events = say.events(summary.total);
  const link = links.digest === undefined ? undefined : { name: say.viewDigest, url: links.digest };
  const content = { title: say.titled(brandName, events), text: say.plain(events), link };
  const bodies = plainBodies(content, kind);
  const fitting = bodies.find((body) => Buffer.byteLength(body) <= budgetBytes);
  return fitting ?? bodies.at(-1) ?? '';
}
