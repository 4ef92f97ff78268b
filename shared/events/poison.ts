/**
 * Poison messages: the host moves a message here after five failures. Handlers never throw for content, so poison means that
 * infrastructure was away: the message goes back with growing delay for 24 hours, then becomes a dead letter (design promise 10).
 */
import { z } from 'zod';
import { toQueueText } from '../platform/queue-text.ts';

const MINUTE = 60_000;
/** Waits before a message goes back the first time, the second, and so on; together 24 hours. */
export const RETURN_WAITS_MS = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  39 * MINUTE,
  ...Array.from({ length: 23 }, () => 60 * MINUTE),
] as const;

/** A message on its way back: what it was, and how often it came back. */
const returnedSchema = z.object({ returned: z.int().min(1), message: z.unknown() });

/** The message as it was sent, and how often it came back. */
export interface Returned {
  readonly message: unknown;
  readonly times: number;
}

/** Takes off the wrapping of a message that came back; any other message is itself, never returned. */
export function unwrapReturned(body: unknown): Returned {
  const parsed = returnedSchema.safeParse(body);
  return parsed.success ? { message: parsed.data.message, times: parsed.data.returned } : { message: body, times: 0 };
}

/** A storage queue takes messages of at most 64 KiB. Source: "Put Message (REST API)", Microsoft Learn. */
const MAX_MESSAGE_BYTES = 64 * 1024;

/** What to put back and after how long; undefined when its day is over. An array that no longer fits goes back in parts. */
export function returnPoison(
  body: unknown,
): { readonly bodies: readonly string[]; readonly hiddenForMs: number } | undefined {
  const { message, times } = unwrapReturned(body);
  const hiddenForMs = RETURN_WAITS_MS[times];
  return hiddenForMs === undefined ? undefined : { bodies: wrapped(message, times + 1), hiddenForMs };
}

function wrapped(message: unknown, returned: number): string[] {
  const text = toQueueText({ returned, message });
  if (Buffer.byteLength(text) <= MAX_MESSAGE_BYTES) return [text];
  if (!Array.isArray(message) || message.length < 2) return [toQueueText(message)]; // it came in one message, so alone it fits
  const half = Math.ceil(message.length / 2);
  return [...wrapped(message.slice(0, half), returned), ...wrapped(message.slice(half), returned)];
}
