/** The MessageCard as we write it: strict types for what facts allow. What others wrote is read by `parse-message-card.ts`. */

/** A link at the end of a card or section. */
export interface OpenUri {
  readonly '@type': 'OpenUri';
  readonly name: string;
  readonly targets: readonly { readonly os: 'default' | 'windows' | 'iOS' | 'android'; readonly uri: string }[];
}

/** An answer that Microsoft's servers post to us. `body` is a string with `{{id.value}}` for each input. */
export interface HttpPost {
  readonly '@type': 'HttpPOST';
  readonly name: string;
  readonly target: string;
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
  readonly body?: string;
  readonly bodyContentType?: string;
}

/** An input of an ActionCard. */
export type CardInput = {
  readonly id: string;
  readonly isRequired?: boolean;
  readonly title?: string;
  readonly value?: string;
} & (
  | { readonly '@type': 'TextInput'; readonly isMultiline?: boolean; readonly maxLength?: number }
  | { readonly '@type': 'DateInput'; readonly includeTime?: boolean }
  | {
      readonly '@type': 'MultichoiceInput';
      readonly choices: readonly { readonly display: string; readonly value: string }[];
      readonly isMultiSelect?: boolean;
      readonly style?: 'normal' | 'compact' | 'expanded';
    }
);

/** A form that folds out of a card. */
export interface ActionCard {
  readonly '@type': 'ActionCard';
  readonly name: string;
  readonly inputs?: readonly CardInput[];
  readonly actions: readonly (OpenUri | HttpPost)[];
}

/** Outlook's add-in command. */
export interface InvokeAddInCommand {
  readonly '@type': 'InvokeAddInCommand';
  readonly name: string;
  readonly addInId: string;
  readonly desktopCommandId: string;
  readonly initializationContext?: Readonly<Record<string, unknown>>;
}

/** What a card can offer to do. */
export type CardAction = OpenUri | HttpPost | ActionCard | InvokeAddInCommand;

/** A picture with its title, which is also what is read aloud. */
export interface CardImage {
  readonly image: string;
  readonly title?: string;
}

/** A part of a card. */
export interface Section {
  readonly title?: string;
  readonly startGroup?: boolean;
  readonly activityImage?: string;
  readonly activityImageType?: 'avatar' | 'article';
  readonly activityTitle?: string;
  readonly activitySubtitle?: string;
  readonly activityText?: string;
  readonly heroImage?: CardImage;
  readonly text?: string;
  readonly facts?: readonly { readonly name: string; readonly value: string }[];
  readonly images?: readonly CardImage[];
  readonly potentialAction?: readonly CardAction[];
  readonly markdown?: boolean;
}

/** A card for an Office 365 connector. */
export interface MessageCard {
  readonly '@type': 'MessageCard';
  readonly '@context': 'https://schema.org/extensions';
  readonly summary: string;
  readonly title?: string;
  readonly text?: string;
  readonly themeColor?: string;
  readonly correlationId?: string;
  readonly expectedActors?: readonly string[];
  readonly originator?: string;
  readonly hideOriginalBody?: boolean;
  readonly sections?: readonly Section[];
  readonly potentialAction?: readonly CardAction[];
}
