/** The Adaptive Card 1.4 as we write it, and the `message` envelope that a Workflows webhook takes it in. */

/** Opens an address; the only action that a workflow's card can have. */
export interface OpenUrl {
  readonly type: 'Action.OpenUrl';
  readonly title?: string;
  readonly url: string;
}

/** Text that no renderer reads as Markdown. */
export interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly size?: 'Small' | 'Medium' | 'Large';
  readonly weight?: 'Bolder';
  readonly isSubtle?: true;
  readonly color?: 'Accent';
  readonly selectAction?: OpenUrl;
}

interface Placed {
  readonly spacing?: 'None' | 'Small' | 'Medium' | 'Large';
  readonly separator?: true;
}

/** What a body is made of. */
export type Element = Placed &
  (
    | { readonly type: 'RichTextBlock'; readonly inlines: readonly TextRun[] }
    | {
        readonly type: 'TextBlock';
        readonly text: string;
        readonly wrap: true;
        readonly weight?: 'Bolder';
        readonly size?: 'Large' | 'Medium';
        readonly isSubtle?: true;
      }
    | {
        readonly type: 'Image';
        readonly url: string;
        readonly altText: string;
        readonly size?: 'Small' | 'Medium' | 'Stretch';
        readonly style?: 'Person';
      }
    | { readonly type: 'ImageSet'; readonly images: readonly Element[]; readonly imageSize: 'Medium' }
    | { readonly type: 'FactSet'; readonly facts: readonly { readonly title: string; readonly value: string }[] }
    | { readonly type: 'ActionSet'; readonly actions: readonly OpenUrl[] }
    | { readonly type: 'Container'; readonly items: readonly Element[] }
    | { readonly type: 'ColumnSet'; readonly columns: readonly Column[] }
  );

/** A column of a ColumnSet. */
export interface Column {
  readonly type: 'Column';
  readonly width: 'auto' | 'stretch';
  readonly items: readonly Element[];
}

/** An Adaptive Card. 1.4 is what flows are sure to show (docs/microsoft.md, "Workflows"). */
export interface AdaptiveCard {
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly type: 'AdaptiveCard';
  readonly version: '1.4';
  readonly lang?: string;
  readonly fallbackText: string;
  readonly msteams: { readonly width: 'Full' };
  readonly body: readonly Element[];
  readonly actions?: readonly OpenUrl[];
}

/** The body that is posted to a Workflows webhook. */
export interface Envelope {
  readonly type: 'message';
  readonly summary: string;
  readonly attachments: readonly [
    {
      readonly contentType: 'application/vnd.microsoft.card.adaptive';
      readonly contentUrl: null;
      readonly content: AdaptiveCard;
    },
  ];
}

/** Puts a card in the envelope. `summary` is the Bot Framework's name for what a notification shows. */
export function inEnvelope(content: AdaptiveCard): Envelope {
  return {
    type: 'message',
    summary: content.fallbackText,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}
