/** Puts events together into queue messages: arrays of at most so many events that stay under a message's limit. */
import { toQueueText } from '../../../shared/platform/queue-text.ts';
import { EmitInputError } from './options.ts';

/**
 * Azure takes 64 KiB a message, in UTF-8. Source: "Put Message (REST API)", Microsoft Learn. The host puts a message that
 * fails for good into the poison queue with a little around it, so a little is left free.
 */
export const MAX_MESSAGE_BYTES = 60 * 1024;

/**
 * The texts of the messages, in order. An event alone goes as an object, as the smallest producer would send it.
 * @throws EmitInputError for an event that no message holds.
 */
export function packMessages(events: readonly unknown[], batch: number): string[] {
  const messages: string[] = [];
  let parts: string[] = [];
  let bytes = 2; // the brackets
  const flush = (): void => {
    if (parts.length > 0) messages.push(parts.length === 1 ? parts.join() : `[${parts.join(',')}]`);
    parts = [];
    bytes = 2;
  };
  for (const [index, event] of events.entries()) {
    const part = toQueueText(event);
    const size = Buffer.byteLength(part) + 1;
    if (size + 2 > MAX_MESSAGE_BYTES)
      throw new EmitInputError(
        `Event ${index + 1} is too large for a queue message: at most ${MAX_MESSAGE_BYTES / 1024} KiB.`,
      );
    if (parts.length === batch || bytes + size > MAX_MESSAGE_BYTES) flush();
    parts.push(part);
    bytes += size;
  }
  flush();
  return messages;
}
