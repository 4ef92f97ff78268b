/** What cards say, in every language: one type, so that a sentence missing from a language does not compile. */
import type { Severity } from '../../subscriptions/severity.ts';

/** A number as its language writes it, with what it counts. */
export type Counted = (count: number) => string;

/** An answer in words: what was pressed, who pressed it, and when; `sameDay`: `when` is a time of day only. */
export interface SaidAct {
  readonly what: string;
  readonly who: string;
  readonly when: string;
  readonly sameDay: boolean;
}

/** Every sentence on a card. Arguments are finished text: names as shown, dates as `Intl` writes them. */
export interface Messages {
  readonly number: Counted;
  readonly events: Counted;
  /** "3 critical": in lists of counts. */
  readonly counted: Readonly<Record<Severity, Counted>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly list: (parts: readonly string[]) => string;
  /** "Acme: 42 events": a name, a colon as the language sets it, and what is said of it. */
  readonly titled: (name: string, what: string) => string;
  /** For a line that stands for several events; `sameDay`: `when` is a time of day only. */
  readonly timesLast: (times: number, when: string, sameDay: boolean) => string;
  readonly more: Counted;
  readonly moreElsewhere: Counted;
  readonly viewDigest: string;
  readonly open: string;
  readonly settings: string;
  readonly shortened: string;
  readonly chartAlt: (events: string, period: string) => string;
  /** On a digest: events that were told at once, since the digest before. */
  readonly alreadyShown: Counted;
  readonly nothingNew: { readonly title: (brand: string) => string; readonly text: string };
  readonly plain: (events: string) => string;
  readonly quiet: {
    readonly title: (brand: string) => string;
    readonly since: (date: string) => string;
    readonly paused: string;
    readonly why: string;
  };
  /** Another channel gets no cards any more. */
  readonly disabled: {
    readonly title: (brand: string) => string;
    readonly text: (channel: string) => string;
    readonly what: string;
    readonly reason: string;
    readonly since: string;
  };
  readonly welcome: {
    readonly title: (brand: string) => string;
    readonly setUpBy: (person: string) => string;
    readonly setUp: string;
    readonly what: string;
    readonly everything: string;
    readonly schedule: string;
    readonly first: string;
    readonly atOnce: string;
    readonly howToChange: string;
  };
  /** What people did: on cards, and on the pages behind links. */
  readonly answers: {
    readonly someone: string;
    readonly done: (act: SaidAct) => string;
    readonly follows: (act: SaidAct) => string;
    readonly sent: (title: string, brand: string) => string;
    readonly carriedOut: (title: string) => string;
    readonly already: string;
    readonly anyone: string;
    readonly signedInAs: (name: string) => string;
    readonly send: string;
    readonly again: string;
  };
  /** What a card offers to do about its channel. */
  readonly own: {
    readonly title: Readonly<Record<'pause' | 'snooze' | 'schedule', string>>;
    readonly undo: (title: string) => string;
    readonly until: string;
    readonly when: string;
    readonly schedules: Readonly<Record<'now' | 'hour' | 'weekdays' | 'day' | 'week', string>>;
  };
  /** The digest page. `searchOn`: what was looked through is not all there is. */
  readonly page: {
    readonly topic: string;
    readonly allTopics: string;
    readonly atLeast: string;
    readonly search: string;
    readonly show: string;
    readonly next: string;
    readonly searchOn: string;
    readonly noMatch: string;
    readonly gone: string;
  };
  readonly test: { readonly title: (brand: string) => string; readonly text: string; readonly sentAt: string };
}

/** Forms of a phrase by plural category; `#` is the number. Languages use the ones that `Intl.PluralRules` knows for them. */
export type Forms = { readonly other: string } & { readonly [Category in Intl.LDMLPluralRule]?: string };

/** The counting of one language. */
export function counting(language: string): { number: Counted; counted: (forms: Forms) => Counted } {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const number = (count: number) => numbers.format(count);
  return {
    number,
    counted: (forms) => (count) => (forms[rules.select(count)] ?? forms.other).replace('#', number(count)),
  };
}
