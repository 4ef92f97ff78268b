/** Draws a view as an Adaptive Card: text in runs that nothing reads as Markdown, buttons as links, full width. */
import type { AdaptiveCard, Element, OpenUrl, TextRun } from './adaptive-card.ts';
import type { Block, CardView, Line, Picture, Piece, ViewFact } from './card-view.ts';
import { escapeMarkdown } from './markdown.ts';

/** Teams shows six actions and folds the rest away. */
const MAX_ACTIONS = 6;

/** The Adaptive Card of a view. */
export function drawAdaptiveCard(view: CardView): AdaptiveCard {
  const own = (view.buttons ?? []).slice(0, MAX_ACTIONS - Math.min(view.links.length, MAX_ACTIONS));
  const links = view.links.slice(0, MAX_ACTIONS).map(({ name, url }) => openUrl(url, name));
  const actions = [...own.map(({ name, page }) => openUrl(page, name)), ...links];
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    lang: view.locale,
    fallbackText: view.summary,
    msteams: { width: 'Full' },
    body: [title(view), ...view.blocks.map(drawBlock)],
    ...(actions.length === 0 ? {} : { actions }),
  };
}

function title({ title, logo }: CardView): Element {
  const text: Element = {
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text: title, size: 'Large', weight: 'Bolder' }],
  };
  if (logo === undefined) return text;
  const image: Element = { type: 'Image', url: logo.url, altText: logo.alt, size: 'Small' };
  return {
    type: 'ColumnSet',
    columns: [
      { type: 'Column', width: 'auto', items: [image] },
      { type: 'Column', width: 'stretch', items: [text] },
    ],
  };
}

function drawBlock(block: Block): Element {
  const { heading, subheading, lines, facts, pictures, buttons } = block;
  const answers = buttons.map(({ name, page }) => openUrl(page, name));
  return {
    type: 'Container',
    separator: true,
    spacing: 'Medium',
    items: [
      ...(heading === undefined ? [] : [richText(heading, 'Medium')]),
      ...(subheading === undefined ? [] : [{ ...richText(subheading), spacing: 'None' as const }]),
      ...lines.map((line): Element => ({ ...richText(line), spacing: 'Small' })),
      ...(facts.length === 0 ? [] : [drawFacts(facts)]),
      ...drawPictures(pictures),
      ...(answers.length === 0 ? [] : [{ type: 'ActionSet', actions: answers } satisfies Element]),
    ],
  };
}

function richText(line: Line, size?: 'Medium'): Element {
  return { type: 'RichTextBlock', inlines: line.map((piece) => drawPiece(piece, size)) };
}

function drawPiece({ text, look, url }: Piece, size: 'Medium' | undefined): TextRun {
  return {
    type: 'TextRun',
    text,
    ...(size === undefined ? {} : { size }),
    ...(look === 'strong' ? { weight: 'Bolder' } : {}),
    ...(look === 'subtle' ? { isSubtle: true } : {}),
    ...(url === undefined ? {} : { color: 'Accent', selectAction: openUrl(url) }),
  };
}

/** Facts are the one place where a renderer reads Markdown. */
function drawFacts(facts: readonly ViewFact[]): Element {
  return {
    type: 'FactSet',
    facts: facts.map(({ name, value }) => ({ title: escapeMarkdown(name), value: escapeMarkdown(value) })),
  };
}

function drawPictures(pictures: readonly Picture[]): Element[] {
  return pictures.map(({ url, alt }) => ({ type: 'Image', url, altText: alt, size: 'Stretch' }));
}

function openUrl(url: string, title?: string): OpenUrl {
  return { type: 'Action.OpenUrl', ...(title === undefined ? {} : { title }), url };
}
