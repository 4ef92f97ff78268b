/** Draws a MessageCard as Teams or as Outlook on the web does: what a host ignores is ignored. Sources: README.md, "Drawing cards". */
import { el } from '../shared/dom.ts';
import { recordsOf, textOf } from '../shared/json.ts';
import type { Card } from '../shared/shapes.ts';
import { type ActionHost, drawActions } from './actions.ts';
import { drawSection } from './section.ts';
import { blockText, lineText } from './text.ts';

/** At most ten, in both hosts. */
const MAX_SECTIONS = 10;

/** The card as an element; `host` says where it is drawn and carries its buttons' presses. */
export function drawMessageCard(card: Card, host: ActionHost): HTMLElement {
  const reading = host.view;
  const title = textOf(card['title']);
  const text = textOf(card['text']);
  const sections = recordsOf(card['sections']).slice(0, MAX_SECTIONS);
  const drawn = el('article', {
    class: `message-card in-${host.view}`,
    'aria-label': textOf(card['summary']) || title,
  });
  const colour = /^#?([0-9a-f]{6})$/i.exec(textOf(card['themeColor']))?.[1];
  if (colour !== undefined) drawn.style.setProperty('--theme-colour', `#${colour}`);
  if (title !== '') drawn.append(lineText(title, reading, 'title'));
  if (text !== '') drawn.append(blockText(text, reading));
  for (const [at, section] of sections.entries()) drawn.append(drawSection(section, host, `sections/${at}`));
  drawn.append(drawActions(card['potentialAction'], host, 'potentialAction'));
  // A card may have nothing but its summary.
  if (drawn.textContent === '') drawn.append(blockText(textOf(card['summary']), reading));
  return drawn;
}
