/** One event of each type that the published payloads have, for the catalogue. */
import type { Event } from '../../../shared/events/event.ts';
import { readExamples } from './examples.ts';
import { toEvent } from './to-event.ts';

/** The account that the demonstration's samples belong to. */
const SAMPLE_ACCOUNT = 'acme';
/** The time of a payload that has none: a date that every sample may have. */
const SAMPLE_TIME = Date.UTC(2026, 0, 5, 9);

/** By type, the event of the first payload that has a text, else of the first. */
export async function samplesByType(): Promise<Map<string, Event>> {
  const samples = new Map<string, Event>();
  for (const delivery of await readExamples()) {
    const event = toEvent(delivery, { account: SAMPLE_ACCOUNT, receivedAt: SAMPLE_TIME });
    const known = samples.get(event.type);
    const saysMore = known?.data.text === undefined && event.data.text !== undefined;
    if (known === undefined || saysMore) samples.set(event.type, event);
  }
  return samples;
}
