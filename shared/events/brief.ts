/**
 * Briefs of a page's events: what counting needs of each, read off their JSON without parsing it. Digests count every event and
 * show few, and parsing was half of what a digest of a million events costs.
 */
import type { Severity } from '../subscriptions/severity.ts';
import type { Event } from './event.ts';
import { eventsOf, type Page } from './page.ts';

/** An event as far as it is counted. Its texts keep those of its whole page in memory, as parts of a string do. */
export interface EventBrief {
  /** Where the whole of it is: itself, or the text of its page, the same for all of its briefs. */
  readonly origin: { readonly event: Event } | { readonly text: string };
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly severity: Severity;
  readonly time: string | undefined;
  readonly scope: string | undefined;
  readonly title: string;
  readonly group: string | undefined;
}

/** The text of a JSON string. */
const TEXT = String.raw`[^"\\]*(?:\\.[^"\\]*)*`;
const START = '{"specversion":"1.0","id":"';
/** An event as `packEvent` writes it: its names in the order of `eventSchema`, up to the last that a brief has. */
const BRIEF = new RegExp(
  [
    String.raw`\{"specversion":"1\.0","id":"${TEXT}","source":"${TEXT}","type":"(${TEXT})"`,
    `(?:,"time":"([^"\\\\]*)")?(?:,"subject":"${TEXT}")?,"account":"${TEXT}"(?:,"scope":"(${TEXT})")?`,
    `,"severity":"(info|warning|error|critical)"(?:,"traceparent":"${TEXT}")?(?:,"tracestate":"${TEXT}")?`,
    String.raw`,"data":\{"title":"(${TEXT})"(?:,"text":"${TEXT}")?(?:,"url":"${TEXT}")?(?:,"group":"(${TEXT})")?`,
    '(?=}|,"(?:facts|image|actions|card|cut)":)',
  ].join(''),
  'y',
);

/** The briefs of a page's events, in order. A page that was not written as we write them now is parsed whole. */
export function briefsOf(page: Pick<Page, 'json' | 'count'>): EventBrief[] {
  const { buffer, byteOffset, byteLength } = page.json;
  return (
    readBriefs(Buffer.from(buffer, byteOffset, byteLength).toString('utf8'), page.count) ?? eventsOf(page).map(briefOf)
  );
}

/** The brief of an event that is there already. */
export function briefOf(event: Event): EventBrief {
  const { type, severity, time, scope, data } = event;
  return { origin: { event }, start: 0, end: 0, type, severity, time, scope, title: data.title, group: data.group };
}

/** The whole event, parsed now if it was not before. */
export function wholeOf({ origin, start, end }: EventBrief): Event {
  return 'event' in origin ? origin.event : (JSON.parse(origin.text.slice(start, end)) as Event);
}

/**
 * One process wrote the whole page, so either every event begins as ours do or none does. What begins like one inside of an event,
 * in a card of the product's, would be one too many: then undefined, as for all that is not read for certain.
 */
function readBriefs(text: string, count: number): EventBrief[] | undefined {
  const origin = { text };
  const briefs: EventBrief[] = [];
  for (let at = 1; at < text.length; ) {
    BRIEF.lastIndex = at;
    const found = BRIEF.exec(text);
    if (found === null) return undefined;
    const next = text.indexOf(`,${START}`, BRIEF.lastIndex);
    const end = next === -1 ? text.length - 1 : next;
    briefs.push(toBrief(found, { origin, start: at, end }));
    at = next === -1 ? text.length : next + 1;
  }
  return briefs.length === count ? briefs : undefined;
}

function toBrief(
  found: RegExpExecArray,
  { origin, start, end }: Pick<EventBrief, 'origin' | 'start' | 'end'>,
): EventBrief {
  const [, type = '', time, scope, severity, title = '', group] = found;
  return {
    origin,
    start,
    end,
    type: unescaped(type),
    severity: severity as Severity, // one of the four, or it was not found
    time,
    scope: scope === undefined ? undefined : unescaped(scope),
    title: unescaped(title),
    group: group === undefined ? undefined : unescaped(group),
  };
}

function unescaped(text: string): string {
  return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
}
