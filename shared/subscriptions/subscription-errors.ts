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

/** Somebody changed it since the caller looked. */
export class SubscriptionChangedError extends ConnectorError {
  readonly code = 'subscription-changed';
  readonly status = 412;

  constructor(readonly revision: number) {
    super('Somebody changed this meanwhile. Look at it again, then make your change.');
  }
}
