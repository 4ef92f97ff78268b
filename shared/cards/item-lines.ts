/** One item of a digest as lines: what happened, where, how often and when last; then its text and facts. */
import type { DigestItem } from '../digests/digest-summary.ts';
import type { Severity } from '../subscriptions/severity.ts';
import type { ShownAct, Voice } from './card-input.ts';
import type { Line, Picture, Piece, ViewButton } from './card-view.ts';
import type { Detail } from './detail.ts';
import { eventButtons } from './event-buttons.ts';
import { toLinkAddress, toPictureAddress } from './markdown.ts';
import { NAME_LIMIT, toOneLine, toShownTitle } from './plain-text.ts';

/** Told apart by shape, not by colour alone; screen readers say their names. */
export const GLYPHS: Readonly<Record<Severity, string>> = { critical: '🛑', error: '❌', warning: '⚠️', info: 'ℹ️' };

const MAX_FACTS_ON_A_LINE = 3;

/** How an item is shown. */
export interface ItemContext {
  readonly voice: Voice;
  readonly detail: Detail;
  /** What "today" is: a time on that day is shown without its date. */
  readonly frozenAt: number;
  /** False where every item has the same scope. */
  readonly showScope: boolean;
}

/** The lines of one item; the first contains its title. */
export function itemLines(item: DigestItem, context: ItemContext): Line[] {
  return [
    titleLine(item, context),
    ...textLine(item, context),
    ...factsLine(item, context),
    ...actLines(item, context),
  ];
}

/** What people did about it: the answer that it follows from, and those given to it since. */
export function actLines({ event }: DigestItem, { voice, frozenAt }: Pick<ItemContext, 'voice' | 'frozenAt'>): Line[] {
  const before = voice.follows?.(event);
  const follows = (act: ShownAct) => `↩ ${voice.say.answers.follows(inWords(act, voice, frozenAt))}`;
  return [
    ...(before === undefined ? [] : [[{ text: follows(before), look: 'subtle' } as const]]),
    ...doneLines(voice.acts?.(event) ?? [], voice, frozenAt),
  ];
}

/** Answers that were given, one on a line. */
export function doneLines(acts: readonly ShownAct[], voice: Voice, frozenAt: number): Line[] {
  return acts.map((act) => [{ text: `✔ ${voice.say.answers.done(inWords(act, voice, frozenAt))}` }]);
}

function inWords({ title, by, at }: ShownAct, { say, dates }: Voice, frozenAt: number) {
  const when = dates.whenSeenFrom(at, frozenAt);
  const who = by === undefined ? say.answers.someone : toOneLine(by, NAME_LIMIT);
  return { what: toOneLine(title, NAME_LIMIT), who, when: when.text, sameDay: when.sameDay };
}

/** True for an item that takes answers or took one: it stands apart, so that it is clear what was answered. */
export function isAnswerable(item: DigestItem, context: ItemContext): boolean {
  return itemButtons(item, context).length > 0 || (context.voice.acts?.(item.event) ?? []).length > 0;
}

/** The picture of an item, where pictures are shown. */
export function itemPictures({ event }: DigestItem, { detail }: ItemContext): Picture[] {
  const url = detail.pictures ? toPictureAddress(event.data.image) : undefined;
  return url === undefined ? [] : [{ url, alt: toShownTitle(event.data.title) }];
}

/** The answers an item takes, where they are shown. */
export function itemButtons({ event, actions }: DigestItem, { detail, voice }: ItemContext): ViewButton[] {
  return detail.buttons ? eventButtons(event, actions, voice) : [];
}

function titleLine({ event, severity, times, lastAt }: DigestItem, context: ItemContext): Line {
  const { voice, frozenAt, showScope } = context;
  const when = voice.dates.whenSeenFrom(lastAt, frozenAt);
  const timing = times === 1 ? when.text : voice.say.timesLast(times, when.text, when.sameDay);
  const scope = showScope && event.scope !== undefined ? ` · ${toOneLine(event.scope, NAME_LIMIT)}` : '';
  return [
    { text: `${GLYPHS[severity]} ` },
    { text: toShownTitle(event.data.title), look: 'strong', url: toLinkAddress(event.data.url) },
    { text: `${scope} · ${timing}`, look: 'subtle' },
  ];
}

function textLine({ event }: DigestItem, { detail }: ItemContext): Line[] {
  const { text } = event.data;
  if (detail.textGraphemes === 0 || text === undefined || text.trim() === '') return [];
  return [[{ text: toOneLine(text, { graphemes: detail.textGraphemes, bytes: detail.textGraphemes * 4 }) }]];
}

function factsLine({ event }: DigestItem, { detail }: ItemContext): Line[] {
  const facts = detail.facts ? (event.data.facts ?? []).slice(0, MAX_FACTS_ON_A_LINE) : [];
  if (facts.length === 0) return [];
  const shown = facts.map(({ name, value }) => `${toOneLine(name, NAME_LIMIT)}: ${toOneLine(value, NAME_LIMIT)}`);
  return [[{ text: shown.join(' · '), look: 'subtle' } satisfies Piece]];
}
