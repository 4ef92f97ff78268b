/** CloudEvents over HTTP: binary, structured and batched modes. Source: "HTTP Protocol Binding for CloudEvents", version 1.0.2. */

import { EventsTooLargeError, InvalidEventsError, type RefusedEvent, UnreadableEventsError } from './emit-errors.ts';
import { type Event, eventSchema } from './event.ts';
import { fitEvent } from './fit-event.ts';
import { fitsMessage } from './pack-messages.ts';
import { explain } from './parse-events.ts';

/** A request's body may be this long. */
export const MAX_REQUEST_BYTES = 1024 * 1024;
/** A body of more is no product's: 1 MiB holds fewer real ones. */
const MAX_EVENTS = 10_000;

interface Headers {
  get(name: string): string | null;
  forEach(each: (value: string, name: string) => void): void;
}

/** The events of a request, each shortened to fit. @throws EventsTooLargeError, UnreadableEventsError, or InvalidEventsError that names every bad one by its index. */
export function readHttpEvents(headers: Headers, body: string): Event[] {
  if (Buffer.byteLength(body) > MAX_REQUEST_BYTES) throw new EventsTooLargeError();
  const items = readItems(headers, body);
  if (items.length > MAX_EVENTS) throw new EventsTooLargeError();
  const refused: RefusedEvent[] = [];
  const events = items.flatMap((item, index) => {
    const parsed = eventSchema.safeParse(item);
    if (!parsed.success) {
      refused.push({ index, reason: explain(parsed.error) });
      return [];
    }
    const event = fitEvent(parsed.data);
    if (!fitsMessage(event)) refused.push({ index, reason: 'event: too large for a queue message, even when cut' });
    return [event];
  });
  if (refused.length > 0) throw new InvalidEventsError(refused);
  return events;
}

function readItems(headers: Headers, body: string): readonly unknown[] {
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const json = parseJson(body);
  if (type === 'application/cloudevents-batch+json') {
    if (!Array.isArray(json)) throw new UnreadableEventsError('A batch is a JSON array of events.');
    return json;
  }
  if (type === 'application/cloudevents+json') return [json];
  if (type.startsWith('application/cloudevents'))
    throw new UnreadableEventsError('Events are read as JSON only: application/cloudevents+json.');
  if (headers.get('ce-specversion') !== null) return [{ ...attributesIn(headers), data: json }];
  if (type !== 'application/json')
    throw new UnreadableEventsError(
      'The content type says nothing of events. Send application/cloudevents+json, application/cloudevents-batch+json, or ce- headers with application/json.',
    );
  return Array.isArray(json) ? json : [json]; // as on the queue
}

/** Binary mode: attributes are headers, percent-encoded where they are not printable ASCII. */
function attributesIn(headers: Headers): Record<string, string> {
  const attributes: Record<string, string> = {};
  headers.forEach((value, name) => {
    if (name.toLowerCase().startsWith('ce-')) attributes[name.slice(3).toLowerCase()] = decode(value);
  });
  return attributes;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'));
  } catch {
    return value;
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new UnreadableEventsError('The body is not JSON.');
  }
}
