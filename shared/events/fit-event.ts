/** Makes an event fit: fields too long to show are shortened, and what is still over 32 KiB of JSON loses its longest parts. */
import type { Event, EventData } from './event.ts';
import { MAX_EVENT_BYTES } from './page.ts';

/** Characters shown of each field at the most; a card has room for far fewer. */
const MAX_TITLE = 500;
const MAX_TEXT = 8_000;
const MAX_NAME = 200;
const MAX_VALUE = 1_000;
const MAX_FACTS = 50;
const MAX_ACTIONS = 10;
const ELLIPSIS = '…';

/** Steps that make an event smaller, in this order, until it fits. */
const REDUCTIONS: readonly ((data: EventData) => EventData)[] = [
  ({ card: _, ...data }) => data,
  (data) => ({ ...data, actions: undefined }),
  (data) => ({ ...data, facts: data.facts?.slice(0, 10) }),
  (data) => ({ ...data, text: shorten(data.text, 1_000) }),
  (data) => ({ title: data.title, text: shorten(data.text, 300), group: data.group }),
];

/** The event with fields shortened; `data.cut` marks one that lost parts to fit. */
export function fitEvent(event: Event): Event {
  if (isShown(event) && fits(event)) return event;
  let fitted: Event = { ...event, subject: shorten(event.subject, MAX_NAME), data: shortened(event.data) };
  for (const reduce of REDUCTIONS) {
    if (fits(fitted)) return fitted;
    fitted = { ...fitted, data: { ...reduce(fitted.data), cut: true } };
  }
  return fitted;
}

/** True for an event of a size that is kept; one that `fitEvent` could not make fit has an endless name. */
export function fits(event: Event): boolean {
  return isSmall(event) || Buffer.byteLength(JSON.stringify(event)) <= MAX_EVENT_BYTES;
}

/** True when there is nothing to shorten. */
function isShown({ subject, data: { title, text, group, facts = [], actions = [] } }: Event): boolean {
  return (
    lengthOf(subject) <= MAX_NAME &&
    title.length <= MAX_TITLE &&
    lengthOf(text) <= MAX_TEXT &&
    lengthOf(group) <= MAX_NAME &&
    facts.length <= MAX_FACTS &&
    facts.every(({ name, value }) => name.length <= MAX_NAME && value.length <= MAX_VALUE) &&
    actions.length <= MAX_ACTIONS
  );
}

/** A character of a string is at most `\uXXXX` in JSON. The others: names and brackets of an event, and of a fact. */
const MAX_CHAR_BYTES = 6;
const EVENT_BYTES = 500;
const FACT_BYTES = 30;

/** True of nearly every event: so short that its JSON need not be made to know that it fits. */
function isSmall({ id, source, type, time, subject, account, scope, traceparent, tracestate, data }: Event): boolean {
  const { title, text, url, group, facts = [], image, actions, card } = data;
  if (actions !== undefined || card !== undefined) return false;
  let chars = id.length + source.length + type.length + account.length + title.length;
  chars += lengthOf(time) + lengthOf(subject) + lengthOf(scope) + lengthOf(traceparent) + lengthOf(tracestate);
  chars += lengthOf(text) + lengthOf(url) + lengthOf(group) + lengthOf(image);
  for (const { name, value } of facts) chars += name.length + value.length;
  return MAX_CHAR_BYTES * chars + EVENT_BYTES + FACT_BYTES * facts.length <= MAX_EVENT_BYTES;
}

function lengthOf(text: string | undefined): number {
  return text === undefined ? 0 : text.length;
}

function shortened(data: EventData): EventData {
  return {
    ...data,
    title: shorten(data.title, MAX_TITLE),
    text: shorten(data.text, MAX_TEXT),
    group: shorten(data.group, MAX_NAME),
    facts: data.facts
      ?.slice(0, MAX_FACTS)
      .map(({ name, value }) => ({ name: shorten(name, MAX_NAME), value: shorten(value, MAX_VALUE) })),
    actions: data.actions?.slice(0, MAX_ACTIONS),
  };
}

function shorten<T extends string | undefined>(text: T, most: number): T {
  if (text === undefined || text.length <= most) return text;
  const cut = text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, ''); // not half a character
  return `${cut}${ELLIPSIS}` as T;
}
