/** A page: events that arrived together for one channel, as one row of its inbox. */
import type { Event } from './event.ts';

/** Azure's limit for a binary property is 64 KiB; the rest is air. Source: "Understanding the Table service data model". */
export const MAX_PAGE_BYTES = 60 * 1024;
/** An event over this is cut to fit before it joins a page. */
export const MAX_EVENT_BYTES = 32 * 1024;
/** Positions in a page; bounds the `skip` bits and the identities' property. */
export const MAX_PAGE_EVENTS = 2_000;

/** Pages handled together: as many as a transaction takes beside the head. */
export const PAGES_AT_ONCE = 99;

/** A page as read back. */
export interface Page {
  /** Time, process and counter: sorts by arrival. */
  readonly key: string;
  /** The digest that claimed it; undefined while it is open. */
  readonly digestId: string | undefined;
  /** Ordinary or urgent; urgent events go in pages of their own. */
  readonly urgency: Urgency;
  readonly count: number;
  /** Positions left out of the digest, as bits, least significant first; undefined: none. */
  readonly skip: Uint8Array | undefined;
  /** 16 bytes for each event. */
  readonly identities: Uint8Array;
  /** The events, as UTF-8 JSON: an array. Parsed only where they are shown. */
  readonly json: Uint8Array;
}

/** Whether events are told at once whatever the schedule. */
export type Urgency = 'ordinary' | 'urgent';

/** An event ready to be stored: its JSON and its identity, made once for all the pages it goes to. */
export interface PackedEvent {
  readonly json: string;
  readonly bytes: number;
  readonly identity: Uint8Array;
}

const KEY = /^(\d{13})-/;

/** The key of a page written at `time` (ms since 1970) by a process, its `counter`th. */
export function pageKey(time: number, processId: string, counter: number): string {
  return `${String(time).padStart(13, '0')}-${processId}-${String(counter).padStart(6, '0')}`;
}

/** The least key that a page of this time or later can have. */
export function firstKeyAt(time: number): string {
  return String(Math.max(0, Math.floor(time))).padStart(13, '0');
}

/** When a page was written, in milliseconds since 1970. */
export function pageTime(key: string): number {
  const [, time] = KEY.exec(key) ?? [];
  if (time === undefined) throw new TypeError(`not a page key: ${key}`);
  return Number(time);
}

/** True when the event at `position` is left out. */
export function isSkipped(skip: Uint8Array | undefined, position: number): boolean {
  return ((skip?.[position >> 3] ?? 0) & (1 << (position & 7))) !== 0;
}

/** The events of a page, in order. @throws SyntaxError for a row that holds no list. */
export function eventsOf(page: Pick<Page, 'json'>): Event[] {
  const { buffer, byteOffset, byteLength } = page.json;
  const events: unknown = JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString('utf8'));
  if (!Array.isArray(events)) throw new SyntaxError('The page holds no list of events.');
  return events;
}
