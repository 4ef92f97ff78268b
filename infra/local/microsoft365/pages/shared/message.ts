/** Draws a message as a program shows it: who sent it, the card, and the lines that answers left. */

import { markdownToHtml } from '../message-card/markdown.ts';
import { drawMessageCard } from '../message-card/render.ts';
import { drawAdaptiveCard } from './adaptive-card.ts';
import { ask } from './ask.ts';
import { el } from './dom.ts';
import { recordsOf, textOf, webAddress } from './json.ts';
import type { Card, Message, Theme, View } from './shapes.ts';

/** How to draw it, and for whom. */
export interface Drawing {
  readonly view: View;
  readonly theme: Theme;
  readonly user: string;
  readonly separator: string;
}

/** The message. */
export function drawMessage(message: Message, drawing: Drawing): HTMLElement {
  const lines = el(
    'ul',
    { class: 'status', 'aria-live': 'polite' },
    ...message.status.map((line) => statusLine(line, drawing.view)),
  );
  return el(
    'li',
    { class: `message view-${drawing.view}`, 'data-message': message.id },
    el(
      'header',
      {},
      el('span', { class: 'avatar', 'aria-hidden': 'true' }, message.from.slice(0, 1)),
      el('b', {}, message.from),
      el(
        'time',
        { datetime: message.at },
        new Date(message.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
      ),
    ),
    drawCard(message, drawing),
    message.updates > 0 && el('p', { class: 'note' }, 'Updated'),
    lines,
  );
}

/** Teams puts the answer into the thread with the person's name, Outlook a line on the card. */
function statusLine({ by, at, text, is }: Message['status'][number], view: View): HTMLElement {
  const time = new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const words = is === 'failed' ? text : view === 'teams' ? `${by}: ${text}` : `${text} (${by}, ${time})`;
  return el('li', { class: is }, words);
}

function drawCard(message: Message, { view, theme, user, separator }: Drawing): HTMLElement {
  if (view === 'mobile') return plainCard(message);
  if (message.format === 'text') return el('p', {}, textOf(message.card['text']));
  const press = async (path: string, inputs: Readonly<Record<string, string>>) => {
    await ask('/_host/press', { message: message.id, path, inputs, user });
  };
  if (message.format === 'adaptive-card' || message.card['type'] === 'AdaptiveCard')
    return drawAdaptiveCard(message.card, theme, (action) => void press(`unsupported:${action.getJsonTypeName()}`, {}));
  return drawMessageCard(message.card, { view, separator, buttons: message.actionable ? 'drawn' : 'dropped', press });
}

/** "Outlook for Mac/iOS/Android never render MessageCard": what is left is the text and the way to the whole. */
function plainCard({ card }: Message): HTMLElement {
  const text = [card['title'], card['summary'], card['text']].map(textOf).find((one) => one !== '') ?? '';
  const body = el('div', { class: 'plain' });
  body.innerHTML = markdownToHtml(text, 'outlook');
  const address = firstLink(card);
  if (address !== undefined)
    body.append(el('a', { href: address, target: '_blank', rel: 'noreferrer noopener' }, 'Open in the browser'));
  return body;
}

function firstLink(card: Card): string | undefined {
  const actions = [card, ...recordsOf(card['sections'])].flatMap((part) => recordsOf(part['potentialAction']));
  return actions.map((action) => webAddress(recordsOf(action['targets'])[0]?.['uri'])).find((one) => one !== undefined);
}
