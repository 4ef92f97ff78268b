/** Refusals about subscriptions. */
import { ConnectorError } from '../platform/errors.ts';

/** There is no such subscription, or not for this caller: which of both, nobody is told. */
export class SubscriptionNotFoundError extends ConnectorError {
  readonly code = 'not-found';
  readonly status = 404;

  constructor() {
    super('There is nothing here for you. It may have been removed, or it belongs to another account or person.');
  }
}
