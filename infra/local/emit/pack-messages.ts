/** Puts events together into queue messages, and refuses one that no message holds. */
import { fitsMessage, MAX_MESSAGE_BYTES, packMessages as pack } from '../../../shared/events/pack-messages.ts';
import { EmitInputError } from './options.ts';

/**
 * The texts of the messages, in order. An event alone goes as an object, as the smallest producer would send it.
 * @throws EmitInputError for an event that no message holds.
 */
export function packMessages(events: readonly unknown[], batch: number): string[] {
  const tooLarge = events.findIndex((event) => !fitsMessage(event));
  if (tooLarge >= 0)
    throw new EmitInputError(
      `Event ${tooLarge + 1} is too large for a queue message: at most ${MAX_MESSAGE_BYTES / 1024} KiB.`,
    );
  return pack(events, batch);
}
