/** Refusals of webhooks. None repeats an address. */
import { ConnectorError } from '../platform/errors.ts';
import { WEBHOOK_REFUSALS, type WebhookRefusal } from './webhook-refusals.ts';

/** The address is not one we may post to. */
export class WebhookNotAllowedError extends ConnectorError {
  readonly code = 'webhook-not-allowed';
  readonly status = 400;

  constructor(readonly refusal: WebhookRefusal) {
    super(WEBHOOK_REFUSALS[refusal]);
  }
}

/** The webhook belongs to another Entra tenant than the owner. */
export class WebhookOfAnotherTenantError extends ConnectorError {
  readonly code = 'webhook-of-another-tenant';
  readonly status = 403;

  constructor() {
    super(
      'This channel belongs to another organisation than you do. Choose a channel or group of your own organisation.',
    );
  }
}

/** The webhook belongs to another subscription. */
export class WebhookTakenError extends ConnectorError {
  readonly code = 'webhook-taken';
  readonly status = 409;

  constructor() {
    super('This channel’s webhook is already in use here. Change what is set up for it, or make another webhook.');
  }
}
