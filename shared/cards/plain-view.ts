/** The card of last resort: a sentence of ours and a link, nothing from an event. For what was refused or cannot be drawn. */
import type { WebhookKind } from '../subscriptions/webhook.ts';
import { type AdaptiveCard, inEnvelope } from './adaptive-card.ts';
import { escapeMarkdown } from './markdown.ts';
import type { MessageCard } from './message-card.ts';

/** What a plain card says. */
export interface PlainContent {
  readonly title: string;
  readonly text: string;
  readonly link?: { readonly name: string; readonly url: string } | undefined;
}

/** The smallest bodies both kinds take, each smaller than the one before: without the link, then without the title. */
export function plainBodies(content: PlainContent, kind: WebhookKind): string[] {
  const { title, text } = content;
  return [content, { title, text }, { title: text, text: '' }].map((each) => JSON.stringify(draw(each, kind)));
}

function draw(content: PlainContent, kind: WebhookKind): unknown {
  return kind === 'connector' ? plainMessageCard(content) : inEnvelope(plainAdaptiveCard(content));
}

/** The link stands in the text: actions are a part that may have been refused. */
function plainMessageCard({ title, text, link }: PlainContent): MessageCard {
  const paragraphs = [title, text].filter((each) => each !== '').map(escapeMarkdown);
  const address = link === undefined ? [] : [`[${escapeMarkdown(link.name)}](${link.url})`];
  return {
    '@type': 'MessageCard',
    '@context': 'https://schema.org/extensions',
    summary: title,
    text: [...paragraphs, ...address].join('\n\n'),
  };
}

function plainAdaptiveCard({ title, text, link }: PlainContent): AdaptiveCard {
  const paragraphs = [title, text].filter((each) => each !== '').map(escapeMarkdown);
  const address = link === undefined ? [] : [`[${escapeMarkdown(link.name)}](${link.url})`];
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: title,
    msteams: { width: 'Full' },
    body: [...paragraphs, ...address].map((line) => ({ type: 'TextBlock', text: line, wrap: true })),
  };
}
