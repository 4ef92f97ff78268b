/**
 * Poison messages: the host moves a message here after five failures. Handlers never throw for content, so poison means that
 * infrastructure was away: the message goes back with growing delay for 24 hours, then becomes a dead letter (design promise 10).
 */
import { z } from 'zod';
import { toQueueText } from '../platform/queue-text.ts';
import type { Event } from './event.ts';
import { parseMessage } from './parse-events.ts';

const MINUTE = 60_000;
/** Waits before a message goes back the first time, the second, and so on; together 24 hours. */
export const RETURN_WAITS_MS = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  39 * MINUTE,
  ...Array.from({ length: 23 }, () => 60 * MINUTE),
] as const;

/** A message on its way back: what it was, when and under which id it first came, and how often it came back. */
const returnedSchema = z.object({
  returned: z.int().min(1),
  id: z.string(),
  insertedAt: z.number(),
  message: z.unknown(),
});

/** A message as the host hands it over; `insertedAt` in ms since 1970. */
export interface QueuedMessage {
  readonly body: unknown;
  readonly id: string;
  readonly insertedAt: number;
}

/** The message as it first came, and how often it came back. */
export interface Returned extends QueuedMessage {
  readonly times: number;
}

/** Takes off the wrapping of a message that came back; any other message is itself, never returned. */
export function unwrapReturned(message: QueuedMessage): Returned {
  const parsed = returnedSchema.safeParse(message.body);
  if (!parsed.success) return { ...message, times: 0 };
  const { returned, id, insertedAt, message: body } = parsed.data;
  return { body, id, insertedAt, times: returned };
}

/** A storage queue takes messages of at most 64 KiB. Source: "Put Message (REST API)", Microsoft Learn. */
const MAX_MESSAGE_BYTES = 64 * 1024;

/** What to put back and after how long; undefined when its day is over. An array that no longer fits goes back in parts. */
export function returnPoison(
  message: QueuedMessage,
): { readonly bodies: readonly string[]; readonly hiddenForMs: number } | undefined {
  const original = unwrapReturned(message);
  const hiddenForMs = RETURN_WAITS_MS[original.times];
  return hiddenForMs === undefined ? undefined : { bodies: wrapped(original), hiddenForMs };
}

/** One thing that does not fit with its wrapping: base64 is a third larger than what it holds, and an event is cut anyway. */
function reduced(body: unknown): readonly Event[] | Event | undefined {
  const { events, faults } = parseMessage(body);
  if (faults.length > 0) return undefined;
  return events.length === 1 ? events[0] : events;
}

/** Parts get ids of their own, the same however often they are made, so that dead letters of theirs do too. */
function wrapped({ body, id, insertedAt, times }: Returned): string[] {
  const text = toQueueText({ returned: times + 1, id, insertedAt, message: body });
  if (Buffer.byteLength(text) <= MAX_MESSAGE_BYTES) return [text];
  if (!Array.isArray(body) || body.length < 2) {
    const smaller = reduced(body);
    // What is no event becomes a dead letter when it is read: it goes back as it came, and only its rounds are not counted.
    if (smaller === undefined) return [typeof body === 'string' ? body : toQueueText(body)];
    return wrapped({ body: smaller, id, insertedAt, times });
  }
  const half = Math.ceil(body.length / 2);
  return [
    ...wrapped({ body: body.slice(0, half), id: `${id}.1`, insertedAt, times }),
    ...wrapped({ body: body.slice(half), id: `${id}.2`, insertedAt, times }),
  ];
}
