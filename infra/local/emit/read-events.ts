/** Reads events from text: one JSON document, or one a line. */
import { z } from 'zod';
import { eventSchema } from '../../../shared/events/event.ts';
import { EmitInputError } from './options.ts';

/** An event as its writer wrote it: what the app does not know stays in it. */
export type WrittenEvent = Readonly<Record<string, unknown>>;

const MAX_FAULTS = 20;
const writtenEvent = z.record(z.string(), z.unknown());

/**
 * The events in a text; `account` replaces theirs.
 * @throws EmitInputError that names the place and every fault of what is no event.
 */
export function readEvents(
  text: string,
  { from, account }: { from: string; account: string | undefined },
): WrittenEvent[] {
  const items = readDocuments(text, from).flatMap((document) => (Array.isArray(document) ? document : [document]));
  if (items.length === 0) throw new EmitInputError(`${from} has no events.`);
  const written = items.map((item) => {
    const object = writtenEvent.safeParse(item).data ?? {};
    return account === undefined ? object : { ...object, account };
  });
  const faults = written.flatMap((event, index) => {
    const parsed = eventSchema.safeParse(event);
    return (parsed.error?.issues ?? []).map(
      ({ path, message }) => `  event ${index + 1}, ${path.join('.')}: ${message}`,
    );
  });
  if (faults.length > 0) {
    const more = faults.length > MAX_FAULTS ? [`  and ${faults.length - MAX_FAULTS} more`] : [];
    const shown = [...faults.slice(0, MAX_FAULTS), ...more].join('\n');
    throw new EmitInputError(
      `${from} has events that the app would not take (--raw sends them all the same):\n${shown}`,
    );
  }
  return written;
}

function readDocuments(text: string, from: string): unknown[] {
  const whole = tryJson(text.replace(/^\uFEFF/, ''));
  if (whole !== undefined) return [whole.json];
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = tryJson(line);
    if (parsed === undefined)
      throw new EmitInputError(`${from} is neither JSON nor one JSON object a line: see line ${index + 1}.`);
    return [parsed.json];
  });
}

function tryJson(text: string): { readonly json: unknown } | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return { json };
  } catch {
    return undefined;
  }
}
