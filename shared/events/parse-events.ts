/** Turns a queue message or body into events, and what cannot be one into faults with reasons. */
import type { z } from 'zod';
import type { DeadLetterReason } from './dead-letter.ts';
import { type Event, eventSchema } from './event.ts';
import { fitEvent, fits } from './fit-event.ts';

/** What could not be read, and why. `position` is its index in the message; 0 for a message that is one thing. */
export interface Fault {
  readonly position: number;
  readonly reason: string;
  /** The reason as one of few; `field`: where in an event, without positions. */
  readonly because: DeadLetterReason;
  readonly field?: string | undefined;
  /** What was there, as text, for the dead letter. */
  readonly payload: string;
}

/** A message read: the good events go through beside the bad ones. */
export interface ParsedMessage {
  readonly events: readonly Event[];
  readonly faults: readonly Fault[];
}

/** A message of more is no message of ours: 64 KiB holds fewer. */
const MAX_EVENTS = 10_000;
const TOO_LARGE =
  'event: over 32 KiB even when cut: id, source, type, account, scope or time are too long, and those are never cut';

/**
 * Reads what the host hands over: JSON already parsed (object, array, number, null), or a string, which is then plain JSON,
 * base64 of JSON, or garbage (azure-functions-host hands any JSON over parsed).
 */
export function parseMessage(message: unknown): ParsedMessage {
  const read = readJson(message);
  if ('reason' in read) {
    const fault = { position: 0, reason: read.reason, because: 'not-json', payload: String(message) } as const;
    return { events: [], faults: [fault] };
  }
  const items: readonly unknown[] = Array.isArray(read.json) ? read.json : [read.json];
  if (items.length > MAX_EVENTS) {
    const reason = `More than ${MAX_EVENTS} events in one message: send fewer.`;
    return {
      events: [],
      faults: [{ position: 0, because: 'too-many', reason, payload: JSON.stringify(items) }],
    };
  }
  const events: Event[] = [];
  const faults: Fault[] = [];
  for (const [position, item] of items.entries()) {
    const parsed = eventSchema.safeParse(item);
    const event = parsed.success ? fitEvent(parsed.data) : undefined;
    if (event !== undefined && fits(event)) {
      events.push(event);
      continue;
    }
    const fault = parsed.success ? ({ because: 'too-large', reason: TOO_LARGE } as const) : faultOf(parsed.error);
    faults.push({ position, ...fault, payload: JSON.stringify(item) ?? String(item) });
  }
  return { events, faults };
}

function faultOf(error: z.ZodError): Pick<Fault, 'reason' | 'because' | 'field'> {
  return { reason: explain(error), because: 'invalid', field: fieldOf(error) };
}

/** Where the first fault is: names of our schema only, since a path through the product's own names would be a figure for each. */
export function fieldOf(error: z.ZodError): string {
  const path = error.issues[0]?.path.slice(0, 4).filter((part) => typeof part === 'string') ?? [];
  return path[1] === 'card' ? 'data.card' : path.join('.') || 'event';
}

/** Says what is wrong with an event, field by field. */
export function explain(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'event'}: ${issue.message}`).join('; ');
}

function readJson(message: unknown): { readonly json: unknown } | { readonly reason: string } {
  if (typeof message !== 'string') return { json: message };
  const plain = tryJson(message);
  if (plain !== undefined) return { json: plain.json };
  const decoded = /^[A-Za-z0-9+/=\s]+$/.test(message)
    ? tryJson(Buffer.from(message, 'base64').toString('utf8'))
    : undefined;
  return decoded === undefined ? { reason: 'The message is neither JSON nor base64 of JSON.' } : { json: decoded.json };
}

function tryJson(text: string): { readonly json: unknown } | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return { json };
  } catch {
    return undefined;
  }
}
