/** Failures with a stable code: what HTTP answers, logs and `docs/operations.md` call them. */

/** Every code an answer can carry; `docs/operations.md` lists each with its HTTP status. */
export type ErrorCode =
  | 'invalid-request'
  | 'setup-token-malformed'
  | 'setup-token-algorithm'
  | 'setup-token-signature'
  | 'setup-token-issuer'
  | 'setup-token-audience'
  | 'setup-token-not-yet'
  | 'setup-token-expired'
  | 'setup-token-lifetime'
  | 'setup-token-claims'
  | 'setup-token-used'
  | 'setup-token-nonce'
  | 'code-unknown'
  | 'code-expired'
  | 'code-used'
  | 'code-of-another-browser'
  | 'entra-not-configured'
  | 'entra-token-scope'
  | 'entra-not-id-token'
  | 'id-token-used'
  | 'person-proof'
  | 'invalid-nonce'
  | 'tenant-not-allowed'
  | 'account-link-required'
  | 'link-of-another-tenant'
  | 'link-needs-admin'
  | 'tenant-linked-elsewhere'
  | 'link-of-tenant'
  | 'not-linked'
  | 'session-required'
  | 'invalid-session'
  | 'session-expired'
  | 'request-header-required'
  | 'foreign-origin'
  | 'invalid-state'
  | 'state-expired'
  | 'state-of-another-browser'
  | 'state-used'
  | 'connect-refused'
  | 'connect-not-configured'
  | 'invalid-callback'
  | 'webhook-not-allowed'
  | 'webhook-of-another-tenant'
  | 'webhook-taken'
  | 'revision-required'
  | 'too-many-requests'
  | 'channel-busy'
  | 'invalid-events'
  | 'too-large'
  | 'actor-token-missing'
  | 'actor-token-malformed'
  | 'actor-token-header'
  | 'actor-token-algorithm'
  | 'actor-token-issuer'
  | 'actor-token-key'
  | 'actor-token-signature'
  | 'actor-token-audience'
  | 'actor-token-expired'
  | 'actor-token-not-yet'
  | 'actor-token-service'
  | 'actor-token-claims'
  | 'actor-token-nonce'
  | 'actor-token-tenant'
  | 'action-token-missing'
  | 'action-token-malformed'
  | 'action-token-purpose'
  | 'action-token-key'
  | 'action-token-signature'
  | 'action-token-expired'
  | 'action-token-claims'
  | 'action-gone'
  | 'action-unknown'
  | 'invalid-inputs'
  | 'form-expired'
  | 'sign-in-not-configured'
  | 'sign-in-refused'
  | 'not-found'
  | 'subscription-changed'
  | 'notice-channel-unknown'
  | 'health-failing'
  | 'unavailable';

/** A failure we know the meaning of. `message` is for people and repeats no secret. */
export abstract class ConnectorError extends Error {
  /** Stable name of the failure. */
  abstract readonly code: ErrorCode;
  /** HTTP status of an answer that reports it. */
  abstract readonly status: number;
  /** Queue triggers: true lets the host try the message again, false records it and goes on. */
  readonly retryable: boolean = false;
  /** What a problem document says besides, by name. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Headers of the answer besides. */
  readonly headers?: Readonly<Record<string, string>>;

  override get name(): string {
    return this.constructor.name;
  }
}
