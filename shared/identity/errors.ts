/** Refusals of identity. Each says what was wrong and what to do, and repeats nothing of the token. */
import { ConnectorError, type ErrorCode } from '../platform/errors.ts';

/** The request needs a session and has none. */
export class SessionRequiredError extends ConnectorError {
  readonly code = 'session-required';
  readonly status = 401;

  constructor() {
    super('Nobody is signed in here. Open this page from the product again.');
  }
}

/** A session that we did not give out, or not for this way of using it. */
export class InvalidSessionError extends ConnectorError {
  readonly code = 'invalid-session';
  readonly status = 401;

  constructor() {
    super('This session is not valid here. Open this page from the product again.');
  }
}

/** A session whose time is over. */
export class SessionExpiredError extends ConnectorError {
  readonly code = 'session-expired';
  readonly status = 401;

  constructor() {
    super('The session has ended. Open this page from the product again.');
  }
}

/** A changing call came with the session's cookie alone, as another site's form would send it. */
export class RequestHeaderRequiredError extends ConnectorError {
  readonly code = 'request-header-required';
  readonly status = 403;

  constructor() {
    super('Calls that change something must carry the header X-Requested-With, so that no other site can make them.');
  }
}

/** Another site tried to start a session in this browser. */
export class ForeignOriginError extends ConnectorError {
  readonly code = 'foreign-origin';
  readonly status = 403;

  constructor() {
    super('A session can be started from this site and from the product only.');
  }
}

/** The body of a request for a session does not parse. */
export class InvalidSessionRequestError extends ConnectorError {
  readonly code = 'invalid-request';
  readonly status = 400;

  constructor(readonly field: string) {
    super(
      `The request for a session cannot be read: "${field}" is not right. It takes "setupToken" with "as", or "entraToken", or "entraIdToken" with "as": "code", or "code" with "verifier".`,
    );
  }
}

/** Every reason a setup token is refused for, with the sentence for the product's developer. */
const SETUP_TOKEN_REFUSALS = {
  'setup-token-malformed': 'The setup token is not a signed JWT.',
  'setup-token-algorithm': 'The setup token is signed with an algorithm that this connector is not set to accept.',
  'setup-token-signature': 'The setup token is not signed with the key that this connector knows.',
  'setup-token-issuer': 'The setup token’s "iss" is not the issuer that this connector is set to trust.',
  'setup-token-audience': 'The setup token’s "aud" is not the address of this connector.',
  'setup-token-not-yet': 'The setup token’s "iat" or "nbf" is in the future. Check the clock that made it.',
  'setup-token-expired': 'The setup token has expired. Open this page from the product again.',
  'setup-token-lifetime': 'The setup token is valid for longer than five minutes after its "iat".',
  'setup-token-claims':
    'The setup token must hold "jti", "account" and "sub" as texts; "tid", "role" and "nonce" are optional.',
  'setup-token-nonce':
    'The setup token is not for this: one for a sign-in window names the window’s "nonce", any other names none.',
  'setup-token-used': 'The setup token was used before. Open this page from the product again.',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** Why a setup token is refused. */
export type SetupTokenFault = keyof typeof SETUP_TOKEN_REFUSALS;

/** A setup token is refused; `code` says why. */
export class SetupTokenError extends ConnectorError {
  readonly status: number;

  constructor(readonly code: SetupTokenFault) {
    super(SETUP_TOKEN_REFUSALS[code]);
    this.status = code === 'setup-token-used' ? 409 : 401;
  }
}

/** The product's public keys could not be fetched, so no setup token can be checked. */
export class SetupKeysUnavailableError extends ConnectorError {
  readonly code = 'unavailable';
  readonly status = 503;

  constructor() {
    super('The product’s keys cannot be read at the moment. Try again in a minute.');
  }
}

/** Every reason a one-time code is refused for. */
const CODE_REFUSALS = {
  'code-unknown': 'This one-time code is not one of ours. Sign in again.',
  'code-expired': 'This one-time code has expired. Sign in again.',
  'code-used': 'This one-time code was used before. Sign in again.',
  'code-of-another-browser': 'This sign-in was begun by another page or browser. Sign in again, from this one.',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** A one-time code is refused; `code` says why. */
export class OneTimeCodeError extends ConnectorError {
  readonly status: number;

  constructor(readonly code: keyof typeof CODE_REFUSALS) {
    super(CODE_REFUSALS[code]);
    this.status = code === 'code-used' ? 409 : 401;
  }
}

/** Microsoft accounts cannot sign in here: the settings name no application. */
export class EntraNotConfiguredError extends ConnectorError {
  readonly code = 'entra-not-configured';
  readonly status = 404;

  constructor() {
    super('Signing in with Microsoft is not set up here. Open this page from the product.');
  }
}

/** The token is for our application, but not for acting in it. */
export class EntraScopeError extends ConnectorError {
  readonly code = 'entra-token-scope';
  readonly status = 401;

  constructor() {
    super('The Microsoft token does not hold the permission "access_as_user".');
  }
}

/** The token is for our application, but it is not what a sign-in gives. */
export class NotIdTokenError extends ConnectorError {
  readonly code = 'entra-not-id-token';
  readonly status = 401;

  constructor() {
    super('The Microsoft token does not come from signing in here: it holds a permission, or the nonce of no window.');
  }
}

/** The sign-in was traded before. */
export class IdTokenUsedError extends ConnectorError {
  readonly code = 'id-token-used';
  readonly status = 409;

  constructor() {
    super('This sign-in was used before. Sign in again.');
  }
}

/** Who signed in with Microsoft took too long at the product, or brings a proof that is not ours. */
export class PersonProofError extends ConnectorError {
  readonly code = 'person-proof';
  readonly status = 401;

  constructor() {
    super('Signing in with Microsoft was too long ago. Sign in with Microsoft again, then to the product.');
  }
}

/** The address of a sign-in window names no page that waits for it. */
export class InvalidNonceError extends ConnectorError {
  readonly code = 'invalid-nonce';
  readonly status = 400;

  constructor() {
    super('This address is for the window in which somebody signs in. Open the settings again and sign in from there.');
  }
}

/** The organisation is none of those that may use this app. */
export class TenantNotAllowedError extends ConnectorError {
  readonly code = 'tenant-not-allowed';
  readonly status = 403;

  constructor() {
    super('Your organisation is not set up here. Ask those who run this app to add it.');
  }
}

/** Nobody has said yet which account this person belongs to. */
export class AccountLinkRequiredError extends ConnectorError {
  readonly code = 'account-link-required';
  readonly status = 403;
  override readonly members: Readonly<Record<string, unknown>>;

  /** `personProof`: for who came without a Microsoft token, to show beside the product's code. */
  constructor(signInUrl: string | undefined, personProof?: string) {
    super('We do not know your account yet. Sign in to the product once, and it will be remembered.');
    this.members = {
      ...(signInUrl === undefined ? {} : { signInUrl }),
      ...(personProof === undefined ? {} : { personProof }),
    };
  }
}

/** The product says that this user is of another organisation than the Microsoft token does. */
export class LinkOfAnotherTenantError extends ConnectorError {
  readonly code = 'link-of-another-tenant';
  readonly status = 403;

  constructor() {
    super('You are signed in to the product as somebody of another organisation than here. Sign in as yourself.');
  }
}

/** Only an account’s admin speaks for a whole organisation. */
export class LinkNeedsAdminError extends ConnectorError {
  readonly code = 'link-needs-admin';
  readonly status = 403;

  constructor() {
    super('Only an administrator of the account can connect it for the whole organisation.');
  }
}

/** The organisation is linked to another account, by somebody else. */
export class TenantLinkedElsewhereError extends ConnectorError {
  readonly code = 'tenant-linked-elsewhere';
  readonly status = 409;

  constructor() {
    super('Your organisation is connected to another account already. Whoever did so can undo it.');
  }
}

/** The account was linked for the whole organisation, by somebody else. */
export class LinkOfTenantError extends ConnectorError {
  readonly code = 'link-of-tenant';
  readonly status = 403;

  constructor() {
    super('This account was connected for your whole organisation. Only who did so can undo it.');
  }
}

/** There is no link to forget. */
export class NotLinkedError extends ConnectorError {
  readonly code = 'not-linked';
  readonly status = 404;

  constructor() {
    super('No account is remembered for you.');
  }
}
