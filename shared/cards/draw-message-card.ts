/** Draws a view as a MessageCard: Markdown escaped, sections and actions within limits, links last. */

import type { Target } from '../subscriptions/subscription.ts';
import type { CardAction, CardInput, HttpPost, OpenUri } from './card-actions.ts';
import type { Block, CardView, Line, Picture, Piece, ViewButton, ViewInput } from './card-view.ts';
import { escapeMarkdown, markdownLink } from './markdown.ts';
import type { MessageCard, Section } from './message-card.ts';

/** The Outlook reference says 4, Teams 5 (docs/microsoft.md, "Limits"). */
const MAX_ACTIONS = 4;
const MAX_SECTIONS = 10;
const MAX_IMAGES = 5;

/** Where the card is read: Teams and Outlook show wide pictures in ways of their own. */
export type AppType = Target['appType'];

/** The MessageCard of a view. */
export function drawMessageCard(view: CardView, appType?: AppType): MessageCard {
  const links = view.links.slice(0, MAX_ACTIONS).map(({ name, url }): OpenUri => openUri(name, url));
  const own = (view.buttons ?? []).map(drawButton);
  // Where they do not fit beside the links, a section of their own takes them.
  const apart = own.length + links.length > MAX_ACTIONS && view.blocks.length < MAX_SECTIONS ? own : [];
  const actions = apart.length > 0 ? links : [...own.slice(0, MAX_ACTIONS - links.length), ...links];
  return {
    '@type': 'MessageCard',
    '@context': 'https://schema.org/extensions',
    summary: view.summary,
    themeColor: view.colour,
    title: view.title,
    sections: [
      ...view.blocks
        .slice(0, MAX_SECTIONS)
        .map((block, index) =>
          drawSection(block, { appType, activityImage: index === 0 ? view.logo?.url : undefined }),
        ),
      ...(apart.length === 0 ? [] : [{ startGroup: true, potentialAction: apart, markdown: true }]),
    ],
    ...(actions.length === 0 ? {} : { potentialAction: actions }),
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

interface Around {
  readonly appType: AppType | undefined;
  readonly activityImage: string | undefined;
}

function drawSection(block: Block, { appType, activityImage }: Around): Section {
  const { heading, subheading, facts, buttons } = block;
  const { text, heroImage, images } = drawPictures(block, appType);
  return {
    startGroup: true,
    ...(activityImage === undefined ? {} : { activityImage, activityImageType: 'article' }),
    ...(heading === undefined ? {} : { activityTitle: drawMarkdown(heading) }),
    ...(subheading === undefined ? {} : { activitySubtitle: drawMarkdown(subheading) }),
    ...(text === '' ? {} : { text }),
    ...(facts.length === 0
      ? {}
      : { facts: facts.map(({ name, value }) => ({ name: escapeMarkdown(name), value: escapeMarkdown(value) })) }),
    ...(heroImage === undefined ? {} : { heroImage }),
    ...(images.length === 0 ? {} : { images }),
    ...(buttons.length === 0 ? {} : { potentialAction: buttons.slice(0, MAX_ACTIONS).map(drawButton) }),
    markdown: true,
  };
}

/**
 * The text and pictures of a section. A gallery cuts its pictures square, so a wide one stands in the text for Teams and as
 * the hero image for Outlook, which do not know each other's way (docs/microsoft.md, "Markdown", "Teams").
 */
function drawPictures({ lines, pictures }: Block, appType: AppType | undefined) {
  const isApart = (picture: Picture) => picture.shape === 'wide' && appType !== undefined;
  const apart = pictures.filter(isApart);
  const inText = appType === 'teams' ? apart.map(({ url, alt }) => `![${escapeMarkdown(alt)}](${url})`) : [];
  const [hero] = appType === 'teams' ? [] : apart;
  return {
    // Teams shows a line break only for an empty line between (docs/microsoft.md, "Markdown").
    text: [...lines.map(drawMarkdown), ...inText].join('\n\n'),
    heroImage: hero === undefined ? undefined : drawImage(hero),
    images: pictures
      .filter((picture) => !isApart(picture))
      .slice(0, MAX_IMAGES)
      .map(drawImage),
  };
}

function drawImage({ url, alt }: Picture) {
  return { image: url, title: alt };
}

function openUri(name: string, uri: string): OpenUri {
  return { '@type': 'OpenUri', name, targets: [{ os: 'default', uri }] };
}

/** A plain button posts at once; one with inputs folds out first. */
function drawButton({ name, inputs, post, page }: ViewButton): CardAction {
  if (post === undefined) return openUri(name, page);
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
