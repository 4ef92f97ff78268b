/** What a queue trigger hands to the worker for a message. */
import type { DequeuedMessageItem } from '@azure/storage-queue';
import type { TriggerInput } from './invoke.ts';

/** How `host.json` says that messages are written. */
export type MessageEncoding = 'none' | 'base64';

/** The text of a message; undefined when it is not the base64 that it should be. */
export function decodeMessage(text: string, encoding: MessageEncoding): string | undefined {
  if (encoding === 'none') return text;
  const compact = text.trim();
  const valid = compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
  return valid ? Buffer.from(compact, 'base64').toString() : undefined;
}

/** The trigger's data and metadata. The library parses strings that are JSON and writes names in camel case. */
export function toQueueInput(message: DequeuedMessageItem, text: string): TriggerInput {
  const json = (value: unknown) => ({ json: JSON.stringify(value) });
  return {
    data: { string: text },
    metadata: {
      QueueTrigger: { string: text },
      DequeueCount: json(message.dequeueCount),
      ExpirationTime: json(toOffset(message.expiresOn)),
      Id: { string: message.messageId },
      InsertionTime: json(toOffset(message.insertedOn)),
      NextVisibleTime: json(toOffset(message.nextVisibleOn)),
      PopReceipt: { string: message.popReceipt },
    },
  };
}

/** A .NET DateTimeOffset in JSON. */
function toOffset(time: Date): string {
  return time.toISOString().replace(/(\.0+)?Z$/, '+00:00');
}
