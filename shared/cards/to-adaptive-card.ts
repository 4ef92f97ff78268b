/** Turns any MessageCard into an Adaptive Card, so that a product that already makes cards keeps its design on a workflow. */
import type { AdaptiveCard, Element, OpenUrl } from './adaptive-card.ts';
import { toAdaptiveMarkdown, toPlainSummary } from './adaptive-markdown.ts';
import type { CardAction } from './card-actions.ts';
import { toLinkAddress } from './markdown.ts';
import type { MessageCard, Section } from './message-card.ts';

/** Where buttons lead that a workflow's card cannot have; without it they lead where the card's first link does. */
export interface Conversion {
  readonly instead?: string | undefined;
}

/** The Adaptive Card that says the same. What cannot be shown becomes a link, or is left out when there is none. */
export function toAdaptiveCard(card: MessageCard, { instead }: Conversion = {}): AdaptiveCard {
  const elsewhere = toLinkAddress(instead) ?? firstLink(card);
  const actions = (card.potentialAction ?? []).flatMap((action) => toOpenUrl(action, elsewhere));
  const body = [
    ...block(card.title, { weight: 'Bolder', size: 'Large' }),
    ...block(card.text),
    ...(card.sections ?? []).map((section) => toContainer(section, elsewhere)),
  ];
  const fallbackText = toPlainSummary(card.summary ?? card.title ?? card.text ?? '');
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText,
    msteams: { width: 'Full' },
    body: body.length === 0 ? block(fallbackText) : body,
    ...(actions.length === 0 ? {} : { actions }),
  };
}

type TextStyle = Omit<Extract<Element, { type: 'TextBlock' }>, 'type' | 'text' | 'wrap'>;

function block(text: string | undefined, style: TextStyle = {}): Element[] {
  const markdown = toAdaptiveMarkdown(text ?? '');
  return markdown === '' ? [] : [{ type: 'TextBlock', text: markdown, wrap: true, ...style }];
}

function toContainer(section: Section, elsewhere: string | undefined): Element {
  const actions = (section.potentialAction ?? []).flatMap((action) => toOpenUrl(action, elsewhere));
  const facts = (section.facts ?? []).map(({ name, value }) => ({
    title: toAdaptiveMarkdown(name),
    value: toAdaptiveMarkdown(value),
  }));
  return {
    type: 'Container',
    separator: true,
    spacing: 'Medium',
    items: [
      ...block(section.title, { weight: 'Bolder', size: 'Medium' }),
      ...picture(section.heroImage, 'Stretch'),
      ...activity(section),
      ...block(section.text),
      ...(facts.length === 0 ? [] : [{ type: 'FactSet', facts } satisfies Element]),
      ...gallery(section),
      ...(actions.length === 0 ? [] : [{ type: 'ActionSet', actions } satisfies Element]),
    ],
  };
}

/** The image beside the three lines, as MessageCards place them. */
function activity({
  activityImage,
  activityImageType,
  activityTitle,
  activitySubtitle,
  activityText,
}: Section): Element[] {
  const lines = [
    ...block(activityTitle, { weight: 'Bolder' }),
    ...block(activitySubtitle, { isSubtle: true, spacing: 'None' }),
    ...block(activityText),
  ];
  const url = toLinkAddress(activityImage);
  if (url === undefined) return lines;
  const shape = activityImageType === 'article' ? {} : { style: 'Person' as const };
  const image: Element = { type: 'Image', url, altText: '', size: 'Small', ...shape };
  return [
    {
      type: 'ColumnSet',
      columns: [
        { type: 'Column', width: 'auto', items: [image] },
        { type: 'Column', width: 'stretch', items: lines },
      ],
    },
  ];
}

function picture(
  image: { image: string; title?: string | undefined } | undefined,
  size: 'Medium' | 'Stretch',
): Element[] {
  const url = toLinkAddress(image?.image);
  return url === undefined ? [] : [{ type: 'Image', url, altText: toPlainSummary(image?.title ?? ''), size }];
}

function gallery({ images = [] }: Section): Element[] {
  const shown = images.flatMap((image) => picture(image, 'Medium'));
  return shown.length === 0 ? [] : [{ type: 'ImageSet', imageSize: 'Medium', images: shown }];
}

/** Only links work on a workflow's card: everything else leads elsewhere. */
function toOpenUrl(action: CardAction, elsewhere: string | undefined): OpenUrl[] {
  const url = action['@type'] === 'OpenUri' ? toLinkAddress(targetOf(action.targets)) : elsewhere;
  return url === undefined ? [] : [{ type: 'Action.OpenUrl', title: toPlainSummary(action.name), url }];
}

function targetOf(targets: readonly { os: string; uri: string }[]): string | undefined {
  return (targets.find(({ os }) => os === 'default') ?? targets[0])?.uri;
}

function firstLink(card: MessageCard): string | undefined {
  const actions = [card, ...(card.sections ?? [])].flatMap((owner) => owner.potentialAction ?? []);
  const link = actions.find((action) => action['@type'] === 'OpenUri');
  return link === undefined ? undefined : toLinkAddress(targetOf(link.targets));
}
