/** Packs an event once for all the pages it goes to. */
import type { Event } from './event.ts';
import { identityOf } from './event-identity.ts';
import type { PackedEvent } from './page.ts';

/** Its JSON, size and identity. */
export function packEvent(event: Event): PackedEvent {
  const json = JSON.stringify(event);
  return { json, bytes: Buffer.byteLength(json), identity: identityOf(event) };
}
