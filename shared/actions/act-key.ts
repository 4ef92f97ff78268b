/** Names of answers: what makes two presses the same one, and the ids made from it. */
import { createHash } from 'node:crypto';
import type { Event } from '../events/event.ts';
import { identityOf } from '../events/event-identity.ts';

/** What can be answered once: an action of an event in a digest, or without `event` one of the connector's own on its card. */
export interface Answerable {
  readonly digest: string;
  readonly account: string;
  /** `answerableEvent` of the event. */
  readonly event?: string | undefined;
  readonly action: string;
}

const OWN = 'own';
const ACT_ID = /^act_(sub_[A-Za-z0-9-]+_\d{1,15}\.[\w-]{3,22}\.[\w-]{22})$/;

/** Names an event within its digest: its identity in base64url. */
export function answerableEvent(event: Pick<Event, 'source' | 'id'>): string {
  return identityOf(event).toString('base64url');
}

/** The key of an answer; those of one digest begin with its id. Safe as a table's key whatever the action is called. */
export function actKey({ digest, event, action }: Answerable): string {
  const hash = createHash('sha256').update(action).digest().subarray(0, 16).toString('base64url');
  return `${digest}.${event ?? OWN}.${hash}`;
}

/** The id of the CloudEvent that tells of an answer: the same whoever puts it, however often. */
export function actIdOf(key: string): string {
  return `act_${key}`;
}

/** The key in an id, as in the `subject` of an event by which the product answers back; undefined when it is none. */
export function actKeyIn(id: string): string | undefined {
  return ACT_ID.exec(id)?.[1];
}

/** What stands in the path of a link: enough to tell links apart, and no secret. */
export function linkIdOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 16);
}
