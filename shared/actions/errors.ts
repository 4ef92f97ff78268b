/** Refusals of answers. Each says what is wrong and what to do, and repeats nothing of a token. */
import { ConnectorError, type ErrorCode } from '../platform/errors.ts';
import { en } from './refusals/en.ts';
import type { InputFault } from './refusals/words.ts';

const ACTION_TOKEN_REFUSALS = {
  'action-token-missing': [400, 'This card’s button is not one of ours. Use the newest card.'],
  'action-token-malformed': [401, 'This is not an answer that was asked for here. Use the newest card.'],
  'action-token-purpose': [401, 'This address was made for something else. Use the button or link on the card.'],
  'action-token-key': [401, 'This card is no longer accepted, since its key was withdrawn. Use a newer card.'],
  'action-token-signature': [401, 'This address was changed on its way. Open it from the card again.'],
  'action-token-expired': [410, 'This card is older than 31 days and can no longer be answered.'],
  'action-token-claims': [401, 'This address was changed on its way. Open it from the card again.'],
} as const satisfies Partial<Record<ErrorCode, readonly [number, string]>>;

/** Why a token of ours is refused. */
export type ActionTokenFault = keyof typeof ACTION_TOKEN_REFUSALS;

/** Our own token is refused; `code` says why. */
export class ActionTokenError extends ConnectorError {
  readonly status: number;

  constructor(readonly code: ActionTokenFault) {
    super(ACTION_TOKEN_REFUSALS[code][1]);
    this.status = ACTION_TOKEN_REFUSALS[code][0];
  }
}

/** Who acts belongs to another organisation than the channel. */
export class ActorOfAnotherTenantError extends ConnectorError {
  readonly code = 'actor-token-tenant';
  readonly status = 403;

  constructor() {
    super('This card belongs to another organisation than you do.');
  }
}

/** The subscription was removed. */
export class ActionGoneError extends ConnectorError {
  readonly code = 'action-gone';
  readonly status = 410;

  constructor() {
    super('These notifications were removed, so their cards can no longer be answered.');
  }
}

/** What was to be answered is not kept any more, or its digest went back to the inbox. */
export class ActionUnknownError extends ConnectorError {
  readonly code = 'action-unknown';
  readonly status = 410;

  constructor() {
    super('This can no longer be answered here. If there is a newer card, use that one.');
  }
}

/** What was filled in does not fit; the message names the input by its title. `fault` says the same for other languages. */
export class InvalidInputsError extends ConnectorError {
  readonly code = 'invalid-inputs';
  readonly status = 400;

  constructor(
    message: string,
    readonly fault?: InputFault,
  ) {
    super(message);
  }
}

/** One of the faults that people can make on our own page. */
export function inputFault(fault: InputFault): InvalidInputsError {
  return new InvalidInputsError(en.input(fault), fault);
}

/** The body cannot be read. */
export class InvalidAnswerError extends ConnectorError {
  readonly code = 'invalid-request';
  readonly status = 400;

  constructor() {
    super('The answer cannot be read: it takes JSON or a form with "token", and "values" for what was filled in.');
  }
}

/** The page's form was open for too long, or is not the one that we made. */
export class FormExpiredError extends ConnectorError {
  readonly code = 'form-expired';
  readonly status = 409;

  constructor() {
    super('This page was open for too long. Open the link again, then send your answer.');
  }
}

/** The channel demands to know who acts, and nothing is set up to find that out. */
export class SignInNotConfiguredError extends ConnectorError {
  readonly code = 'sign-in-not-configured';
  readonly status = 503;

  constructor() {
    super('Who you are must be known here, and signing in is not set up. Tell whoever runs this connector.');
  }
}

/** The reader did not sign in. */
export class SignInRefusedError extends ConnectorError {
  readonly code = 'sign-in-refused';
  readonly status = 403;

  constructor() {
    super('You did not sign in, so nothing was sent. Open the link again to try once more.');
  }
}
