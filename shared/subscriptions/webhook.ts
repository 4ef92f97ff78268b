/** A webhook: the secret address that a channel's cards are posted to. */

/** `connector`: Office 365 connector or Incoming Webhook, takes a MessageCard. `workflow`: Teams Workflows, takes an Adaptive Card. */
export type WebhookKind = 'connector' | 'workflow';

/** A webhook we may call. `url` is the credential: it never enters a log, an error or an answer. */
export interface Webhook {
  readonly kind: WebhookKind;
  readonly url: string;
}
