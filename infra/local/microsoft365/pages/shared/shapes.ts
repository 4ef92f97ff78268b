/** What this server tells its pages. */

/** Somebody. */
export interface User {
  readonly oid: string;
  readonly tenant: string;
  readonly name: string;
  readonly upn: string;
  readonly right: 'owner' | 'member';
}

/** A channel, group or inbox. */
export interface Place {
  readonly id: string;
  readonly kind: 'channel' | 'group' | 'inbox';
  readonly tenant: string;
  readonly name: string;
  readonly team?: string;
  readonly user?: string;
}

/** People, places and the registered connector. */
export interface WorldView {
  readonly users: readonly User[];
  readonly places: readonly Place[];
  readonly tenants: readonly { readonly id: string; readonly name: string }[];
  readonly app: { readonly name: string; readonly configurationUrl: string };
}

/** JSON of a card. */
export type Card = Readonly<Record<string, unknown>>;

/** A message in a place. */
export interface Message {
  readonly id: string;
  readonly place: string;
  readonly at: string;
  readonly from: string;
  readonly format: 'message-card' | 'adaptive-card' | 'text';
  readonly actionable: boolean;
  readonly bytes: number;
  readonly card: Card;
  readonly updates: number;
  readonly status: readonly {
    readonly by: string;
    readonly at: string;
    readonly text: string;
    readonly is: 'done' | 'failed';
  }[];
}

/** Which program shows a message: Teams, Outlook on the web, Outlook on a phone. */
export type View = 'teams' | 'outlook' | 'mobile';

/** The colours. */
export type Theme = 'default' | 'dark' | 'contrast';
