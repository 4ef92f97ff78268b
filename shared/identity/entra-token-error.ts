/** Refusals of people's tokens. Each says what is wrong; none repeats any of the token. */
import { ConnectorError, type ErrorCode } from '../platform/errors.ts';

/** Every reason, with its sentence. */
const ENTRA_TOKEN_REFUSALS = {
  'actor-token-missing': 'The request carries no token that says who acts.',
  'actor-token-malformed': 'The token that says who acts is not a signed JWT.',
  'actor-token-header': 'The token’s header names keys of its own, which are never used.',
  'actor-token-algorithm': 'The token is not signed with RS256.',
  'actor-token-issuer': 'The token is from an issuer that is not accepted here, or not from the tenant it names.',
  'actor-token-key': 'The token is signed with a key that its issuer does not publish.',
  'actor-token-signature': 'The token’s signature does not fit.',
  'actor-token-audience': 'The token is for another application.',
  'actor-token-expired': 'The token has expired.',
  'actor-token-not-yet': 'The token is not valid yet.',
  'actor-token-service': 'The token was given to another service than the one that may call here.',
  'actor-token-claims': 'The token does not say who acts.',
  'actor-token-nonce': 'The sign-in was begun in another browser, or too long ago.',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** Why a token is refused. */
export type EntraTokenFault = keyof typeof ENTRA_TOKEN_REFUSALS;

/** A person's token is refused; `code` says why. */
export class EntraTokenError extends ConnectorError {
  readonly status = 401;

  constructor(readonly code: EntraTokenFault) {
    super(ENTRA_TOKEN_REFUSALS[code]);
  }
}
