/** Refusals of events over HTTP. Nothing of a refused request is kept: the product has it. */
import { ConnectorError } from '../platform/errors.ts';

/** An event that is none: `index` counts from 0 in the request. */
export interface RefusedEvent {
  readonly index: number;
  readonly reason: string;
}

/** As many are named: the rest is likely the same. */
const MAX_NAMED = 100;

/** Some events are not right, so none was taken. `members` go into the answer. */
export class InvalidEventsError extends ConnectorError {
  readonly code = 'invalid-events';
  readonly status = 400;
  override readonly members: { readonly events: readonly RefusedEvent[]; readonly refused: number };

  constructor(refused: readonly RefusedEvent[]) {
    super(
      `${refused.length} of the events cannot be taken, so none was. Mend those named, then send all of them again.`,
    );
    this.members = { events: refused.slice(0, MAX_NAMED), refused: refused.length };
  }
}

/** The request holds no events that can be read. */
export class UnreadableEventsError extends ConnectorError {
  readonly code = 'invalid-request';
  readonly status = 400;
}

/** More than a request may hold. */
export class EventsTooLargeError extends ConnectorError {
  readonly code = 'too-large';
  readonly status = 413;

  constructor() {
    super('A request may hold 1 MiB and 10,000 events. Send them in several.');
  }
}

/** The queue could not take all of them. */
export class EventsNotQueuedError extends ConnectorError {
  readonly code = 'unavailable';
  readonly status = 503;
  override readonly retryable = true;

  constructor(options?: ErrorOptions) {
    super(
      'The events could not be queued. Send all of them again: those that were are known by source and id.',
      options,
    );
  }
}
