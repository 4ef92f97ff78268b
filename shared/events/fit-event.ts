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
  let fitted: Event = { ...event, subject: shorten(event.subject, MAX_NAME), data: shortened(event.data) };
  for (const reduce of REDUCTIONS) {
    if (fits(fitted)) return fitted;
    fitted = { ...fitted, data: { ...reduce(fitted.data), cut: true } };
  }
  return fitted;
}

/** True for an event of a size that is kept; one that `fitEvent` could not make fit has an endless name. */
export function fits(event: Event): boolean {
  return Buffer.byteLength(JSON.stringify(event)) <= MAX_EVENT_BYTES;
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
