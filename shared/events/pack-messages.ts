/** Puts events together into queue messages: arrays that stay under a message's limit. */
import { toQueueText } from '../platform/queue-text.ts';

/**
 * Azure takes 64 KiB a message, in UTF-8. Source: "Put Message (REST API)", Microsoft Learn. The host puts a message that
 * fails for good into the poison queue with a little around it, so a little is left free.
 */
export const MAX_MESSAGE_BYTES = 60 * 1024;

/** True for an event that some message holds. */
export function fitsMessage(event: unknown): boolean {
  return Buffer.byteLength(toQueueText(event)) + 3 <= MAX_MESSAGE_BYTES;
}

/** The texts of the messages, in order, of at most `batch` events each that `fitsMessage`. An event alone goes as an object. */
export function packMessages(events: readonly unknown[], batch = Number.POSITIVE_INFINITY): string[] {
  const messages: string[] = [];
  let parts: string[] = [];
  let bytes = 2; // the brackets
  const flush = (): void => {
    if (parts.length > 0) messages.push(parts.length === 1 ? parts.join() : `[${parts.join(',')}]`);
    parts = [];
    bytes = 2;
  };
  for (const event of events) {
    const part = toQueueText(event);
    const size = Buffer.byteLength(part) + 1;
    if (parts.length === batch || bytes + size > MAX_MESSAGE_BYTES) flush();
    parts.push(part);
    bytes += size;
  }
  flush();
  return messages;
}
