/** What a card is made of besides its content: the product's face, the reader's language, and where links lead. */
import type { Event, EventAction } from '../events/event.ts';
import type { ViewButton } from './card-view.ts';
import { type DateWriter, dateWriter } from './dates.ts';
import { speechOf } from './messages/languages.ts';
import type { Messages } from './messages/messages.ts';
import { NAME_LIMIT, toOneLine } from './plain-text.ts';

/** The product as people know it. `colour` is RRGGBB, with or without `#`. */
export interface Brand {
  readonly name: string;
  readonly colour: string;
  readonly logo?: string | undefined;
}

/** Where one answer goes: `token` is posted to `target` by Microsoft's servers; `page` asks and does the same by link. */
export interface AnswerLinks {
  /** Absent where nobody could check who presses: then a button is a link too. */
  readonly post?: { readonly target: string; readonly token: string } | undefined;
  readonly page: string;
}

/** An answer that was given. `by` is a name for people; undefined: somebody with the link. `at` in milliseconds since 1970. */
export interface ShownAct {
  readonly action: string;
  readonly title: string;
  readonly by?: string | undefined;
  readonly at: number;
}

/** Where a card's links lead; what is absent is left out. */
export interface CardLinks {
  readonly digest?: string | undefined;
  readonly chart?: string | undefined;
  readonly settings?: string | undefined;
  /** How an action of an event is answered; undefined: the action is not shown. Same arguments, same answer. */
  answer?(event: Event, action: EventAction): AnswerLinks | undefined;
}

/** The connector's own actions. */
export interface ChannelActions {
  readonly buttons: readonly ViewButton[];
  readonly acts: readonly ShownAct[];
}

/** For whom a card is drawn. */
export interface Audience {
  readonly locale: string;
  readonly timeZone: string;
  readonly brand: Brand;
  topicName(type: string): string;
  readonly links: CardLinks;
  /** The answer that an event answers back to, when its subject names one. */
  readonly follows?: ((event: Event) => ShownAct | undefined) | undefined;
  /** What the reader can ask of the channel itself, and what was done of it from this card. */
  readonly channel?: ChannelActions | undefined;
  /** The same on a card that is shown anew. */
  readonly channelNow?: ChannelActions | undefined;
  /** Answers given to an event since its card was posted: what differs on a card that is shown anew. */
  readonly acts?: ((event: Event) => readonly ShownAct[]) | undefined;
}

/** An audience with its words and dates at hand. */
export interface Voice extends Audience {
  readonly brandName: string;
  readonly say: Messages;
  readonly dates: DateWriter;
  /** Of the words: what the card declares. */
  readonly language: string;
}

/** Finds the words for an audience. */
export function voiceFor(audience: Audience): Voice {
  const { language, dates, messages } = speechOf(audience.locale);
  return {
    ...audience,
    topicName: (type) => toOneLine(audience.topicName(type), NAME_LIMIT),
    brandName: toOneLine(audience.brand.name, NAME_LIMIT),
    say: messages,
    dates: dateWriter(dates, audience.timeZone),
    language,
  };
}
