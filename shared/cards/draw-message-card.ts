/** Draws a view as a MessageCard: Markdown escaped, sections and actions within limits, links last. */

import type { CardAction, CardInput, HttpPost, OpenUri } from './card-actions.ts';
import type { Block, CardView, Line, Piece, ViewButton, ViewInput } from './card-view.ts';
import { escapeMarkdown, markdownLink } from './markdown.ts';
import type { MessageCard, Section } from './message-card.ts';

/** The Outlook reference says 4, Teams 5 (docs/microsoft.md, "Limits"). */
const MAX_ACTIONS = 4;
const MAX_SECTIONS = 10;
const MAX_IMAGES = 5;

/** The MessageCard of a view. */
export function drawMessageCard(view: CardView): MessageCard {
  const links = view.links.slice(0, MAX_ACTIONS).map(({ name, url }): OpenUri => openUri(name, url));
  return {
    '@type': 'MessageCard',
    '@context': 'https://schema.org/extensions',
    summary: view.summary,
    themeColor: view.colour,
    title: view.title,
    sections: view.blocks
      .slice(0, MAX_SECTIONS)
      .map((block, index) => drawSection(block, index === 0 ? view.logo?.url : undefined)),
    ...(links.length === 0 ? {} : { potentialAction: links }),
  };
}

/** A line as Markdown. */
export function drawMarkdown(line: Line): string {
  return line.map(drawPiece).join('');
}

function drawPiece({ text, look, url }: Piece): string {
  const inner = url === undefined ? escapeMarkdown(text) : markdownLink(text, url);
  return look === 'strong' ? `**${inner}**` : inner;
}

function drawSection(block: Block, activityImage: string | undefined): Section {
  const { heading, subheading, lines, facts, pictures, buttons } = block;
  return {
    startGroup: true,
    ...(activityImage === undefined ? {} : { activityImage, activityImageType: 'article' }),
    ...(heading === undefined ? {} : { activityTitle: drawMarkdown(heading) }),
    ...(subheading === undefined ? {} : { activitySubtitle: drawMarkdown(subheading) }),
    // Teams shows a line break only for an empty line between (docs/microsoft.md, "Markdown").
    ...(lines.length === 0 ? {} : { text: lines.map(drawMarkdown).join('\n\n') }),
    ...(facts.length === 0
      ? {}
      : { facts: facts.map(({ name, value }) => ({ name: escapeMarkdown(name), value: escapeMarkdown(value) })) }),
    ...(pictures.length === 0
      ? {}
      : { images: pictures.slice(0, MAX_IMAGES).map(({ url, alt }) => ({ image: url, title: alt })) }),
    ...(buttons.length === 0 ? {} : { potentialAction: buttons.slice(0, MAX_ACTIONS).map(drawButton) }),
    markdown: true,
  };
}

function openUri(name: string, uri: string): OpenUri {
  return { '@type': 'OpenUri', name, targets: [{ os: 'default', uri }] };
}

/** A plain button posts at once; one with inputs folds out first. */
function drawButton({ name, inputs, post }: ViewButton): CardAction {
  const values = Object.fromEntries(inputs.map(({ id }) => [id, `{{${id}.value}}`]));
  const httpPost: HttpPost = {
    '@type': 'HttpPOST',
    name,
    target: post.target,
    body: JSON.stringify(inputs.length === 0 ? { token: post.token } : { token: post.token, values }),
    bodyContentType: 'application/json',
  };
  return inputs.length === 0
    ? httpPost
    : { '@type': 'ActionCard', name, inputs: inputs.map(drawInput), actions: [httpPost] };
}

function drawInput(input: ViewInput): CardInput {
  const { id, title, isRequired, value } = input;
  const common = { id, title, isRequired, ...(value === undefined ? {} : { value }) };
  switch (input.type) {
    case 'text':
      return {
        '@type': 'TextInput',
        ...common,
        isMultiline: input.isMultiline ?? false,
        ...(input.maxLength === undefined ? {} : { maxLength: input.maxLength }),
      };
    case 'date':
      return { '@type': 'DateInput', ...common, includeTime: input.includeTime ?? false };
    case 'choice':
      return {
        '@type': 'MultichoiceInput',
        ...common,
        choices: [...(input.choices ?? [])],
        isMultiSelect: input.isMultiSelect ?? false,
        style: input.isMultiSelect === true ? 'expanded' : 'normal',
      };
    default:
      return input.type satisfies never;
  }
}
