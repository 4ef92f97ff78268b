/** Draws one section of a MessageCard. */
import { el } from '../shared/dom.ts';
import { isTrue, recordOf, recordsOf, textOf, webAddress } from '../shared/json.ts';
import type { Card } from '../shared/shapes.ts';
import { type ActionHost, drawActions } from './actions.ts';
import { blockText, lineText, type Reading } from './text.ts';

/** Teams shows five at most. Source: "Connector card for Microsoft 365 Groups" in Microsoft's card reference. */
const MAX_IMAGES_IN_TEAMS = 5;

/** The section; `path` is where it stands in the card. */
export function drawSection(section: Card, host: ActionHost, path: string): HTMLElement {
  const inTeams = host.view === 'teams';
  // "markdown: false" turns a section to HTML in Teams; Outlook shows HTML as plain text.
  const reading: Reading = inTeams && section['markdown'] === false ? 'html' : host.view;
  const drawn = el('section', { class: inTeams || isTrue(section['startGroup']) ? 'section group' : 'section' });
  const hero = webAddress(recordOf(section['heroImage'])['image']);
  if (!inTeams && hero !== undefined) drawn.append(image(hero, recordOf(section['heroImage'])['title'], 'hero'));
  for (const [field, className] of [['title', 'section-title'] as const]) {
    const text = textOf(section[field]);
    if (text !== '') drawn.append(lineText(text, reading, className));
  }
  drawn.append(drawActivity(section, reading));
  const text = textOf(section['text']);
  if (text !== '') drawn.append(blockText(text, reading));
  drawn.append(
    drawFacts(section, reading),
    drawImages(section, inTeams ? MAX_IMAGES_IN_TEAMS : Number.POSITIVE_INFINITY),
  );
  drawn.append(drawActions(section['potentialAction'], host, `${path}/potentialAction`));
  return drawn;
}

function drawActivity(section: Card, reading: Reading): Node {
  const parts = ['activityTitle', 'activitySubtitle', 'activityText'] as const;
  const texts = parts.filter((part) => textOf(section[part]) !== '');
  const picture = webAddress(section['activityImage']);
  if (texts.length === 0 && picture === undefined) return document.createDocumentFragment();
  const shape = section['activityImageType'] === 'article' ? 'article' : 'avatar';
  return el(
    'div',
    { class: 'activity' },
    picture !== undefined && image(picture, '', shape),
    el('div', {}, ...texts.map((part) => blockText(textOf(section[part]), reading, part))),
  );
}

function drawFacts(section: Card, reading: Reading): Node {
  const facts = recordsOf(section['facts']);
  if (facts.length === 0) return document.createDocumentFragment();
  return el(
    'dl',
    { class: 'facts' },
    ...facts.flatMap(({ name, value }) => {
      const description = el('dd');
      description.append(...lineText(textOf(value), reading, '').childNodes);
      return [el('dt', {}, textOf(name)), description];
    }),
  );
}

function drawImages(section: Card, most: number): Node {
  const images = recordsOf(section['images']).slice(0, most);
  if (images.length === 0) return document.createDocumentFragment();
  return el(
    'div',
    { class: 'images' },
    ...images.map(({ image: address, title }) => {
      const known = webAddress(address);
      return known !== undefined && image(known, title, 'gallery');
    }),
  );
}

function image(address: string, title: unknown, className: string): HTMLImageElement {
  // A picture that does not load leaves no broken frame behind, as in the real hosts.
  return el('img', {
    src: address,
    alt: textOf(title),
    title: textOf(title),
    class: className,
    referrerpolicy: 'no-referrer',
    on: { error: (event) => (event.target as HTMLElement).remove() },
  });
}
