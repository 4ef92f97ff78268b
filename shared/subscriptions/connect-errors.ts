/** Refusals on the way to Office 365 and back. None repeats what the query held. */
import { ConnectorError } from '../platform/errors.ts';

/** No connector is registered for this installation. */
export class ConnectNotConfiguredError extends ConnectorError {
  readonly code = 'connect-not-configured';
  readonly status = 404;

  constructor() {
    super(
      'Connect to Office 365 is not set up here. Paste the address of an Incoming Webhook or a Workflows webhook instead.',
    );
  }
}

/** Office 365 came back with an error in place of a webhook. */
export class ConnectRefusedError extends ConnectorError {
  readonly code = 'connect-refused';
  readonly status = 403;

  constructor(because: 'denied' | 'failed') {
    super(
      because === 'denied'
        ? 'Access was denied in Office 365, so nothing was connected. To connect after all, start again from the product and choose Allow.'
        : 'Office 365 reported a problem, so nothing was connected. Start again from the product; if it happens again, ask your administrator whether connectors are allowed.',
    );
  }
}

/** What came back is not what Office 365 sends. */
export class InvalidCallbackError extends ConnectorError {
  readonly code = 'invalid-callback';
  readonly status = 400;

  constructor(readonly parameter: string) {
    super(
      `What came back from Office 365 cannot be read: "${parameter}" is not right. Nothing was connected. Start again from the product.`,
    );
  }
}

/** The state is not one of ours. */
export class InvalidStateError extends ConnectorError {
  readonly code = 'invalid-state';
  readonly status = 400;

  constructor() {
    super(
      'This answer does not belong to a connection that was begun here. Nothing was connected. Start again from the product.',
    );
  }
}

/** It took longer than ten minutes. */
export class StateExpiredError extends ConnectorError {
  readonly code = 'state-expired';
  readonly status = 400;

  constructor() {
    super(
      'It took too long: a connection must be finished within ten minutes. Nothing was connected. Start again from the product.',
    );
  }
}

/** The connection was begun in another browser, perhaps by someone else. */
export class StateOfAnotherBrowserError extends ConnectorError {
  readonly code = 'state-of-another-browser';
  readonly status = 403;

  constructor() {
    super(
      'This connection was begun in another browser. Nothing was connected. Start again from the product, in this one.',
    );
  }
}

/** The state made its subscription already. */
export class StateUsedError extends ConnectorError {
  readonly code = 'state-used';
  readonly status = 409;

  constructor() {
    super(
      'This connection was made already; nothing was changed. Open the settings from the product to see it, or start again to connect another channel.',
    );
  }
}
