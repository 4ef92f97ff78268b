/** A card before it has a format: plain text, links and pictures in order. What every card says; two renderers draw it. */

/** A piece of text on one line. Plain: the renderers escape it. Links are http or https. */
export interface Piece {
  readonly text: string;
  readonly look?: 'strong' | 'subtle' | undefined;
  readonly url?: string | undefined;
}

/** One line; pieces follow each other without a space added. */
export type Line = readonly Piece[];

/** A name and what it is, side by side. */
export interface ViewFact {
  readonly name: string;
  readonly value: string;
}

/** A picture with words for those who do not see it. `wide`: nothing of it may be cut off, as of a chart. */
export interface Picture {
  readonly url: string;
  readonly alt: string;
  readonly shape?: 'wide' | undefined;
}

/** A value a person gives before answering. Ids are letters, digits, `_`, `$` and `@`. */
export interface ViewInput {
  readonly id: string;
  readonly type: 'text' | 'date' | 'choice';
  readonly title: string;
  readonly isRequired: boolean;
  readonly isMultiline?: boolean | undefined;
  readonly maxLength?: number | undefined;
  readonly includeTime?: boolean | undefined;
  readonly isMultiSelect?: boolean | undefined;
  readonly choices?: readonly { readonly display: string; readonly value: string }[] | undefined;
  readonly value?: string | undefined;
}

/** An answer a person can give: `post` where cards have buttons, `page` where they have links only. */
export interface ViewButton {
  readonly name: string;
  readonly inputs: readonly ViewInput[];
  readonly post?: { readonly target: string; readonly token: string } | undefined;
  readonly page: string;
}

/** A part of a card: a section, or a container. */
export interface Block {
  readonly heading?: Line | undefined;
  readonly subheading?: Line | undefined;
  readonly lines: readonly Line[];
  readonly facts: readonly ViewFact[];
  readonly pictures: readonly Picture[];
  readonly buttons: readonly ViewButton[];
}

/** A link at the end of a card. */
export interface ViewLink {
  readonly name: string;
  readonly url: string;
}

/** One card, whole. */
export interface CardView {
  readonly locale: string;
  /** Our words and the product's name only: some hosts read Markdown in it, some do not. */
  readonly title: string;
  /** What a phone shows before the card is opened. */
  readonly summary: string;
  /** RRGGBB. */
  readonly colour: string;
  readonly logo?: Picture | undefined;
  readonly blocks: readonly Block[];
  /** Answers about the channel, not about an event. */
  readonly buttons?: readonly ViewButton[] | undefined;
  readonly links: readonly ViewLink[];
}

/** A block with nothing in it, to spread and fill. */
export const EMPTY_BLOCK: Block = { lines: [], facts: [], pictures: [], buttons: [] };
