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

/** The channel that is to get notices about this one cannot: it is not there, or of somebody else, or this one itself. */
export class NoticeChannelError extends ConnectorError {
  readonly code = 'notice-channel-unknown';
  readonly status = 400;

  constructor() {
    super('The other channel for notices is not one of yours. Choose another channel that you have set up here.');
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
