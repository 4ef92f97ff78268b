/** A webhook as this Microsoft 365 knows it, and everything about it that can be switched. */
import type { Window } from './windows.ts';

/** `connector`: Office 365 connector or Incoming Webhook. `workflow`: a Teams Workflows flow with a webhook trigger. */
export type WebhookKind = 'connector' | 'workflow';

/**
 * `removed`: its owner took it away. `channel-deleted`: the channel is gone, the connector does not know.
 * `blocked`: a tenant's policy forbids it. `off`: a flow that was switched off, by hand or by itself.
 */
export type WebhookState = 'active' | 'removed' | 'channel-deleted' | 'blocked' | 'off';

/** Who may trigger a flow: the setting of "When a Teams webhook request is received". */
export type Callers = 'anyone' | 'tenant' | 'users';

/** A webhook and its quirks. */
export interface Webhook {
  readonly id: string;
  readonly kind: WebhookKind;
  readonly name: string;
  readonly url: string;
  readonly path: string;
  readonly sig: string | null;
  readonly tenant: string;
  readonly place: string;
  /** `IncomingWebhook`, or the GUID of the connector that made it. */
  readonly provider: string;
  readonly createdAt: number;
  state: WebhookState;
  /** Why a flow is off, in words. */
  offReason: string | null;
  callers: Callers;
  allowedUsers: readonly string[];
  windows: readonly Window[];
  maxBytes: number;
  /** Whether refusals by Teams are wrapped in a 200, as since June 2020. */
  hidesErrors: boolean;
  /** Whether this flow posts a plain `{"text": …}` body: sources disagree, it depends on the flow. */
  acceptsText: boolean;
  /** Whether this flow takes a MessageCard (without its buttons), as since February 2026. */
  acceptsMessageCard: boolean;
}

/** What of a webhook may be changed by the control API. */
export const changeable = [
  'state',
  'callers',
  'allowedUsers',
  'windows',
  'maxBytes',
  'hidesErrors',
  'acceptsText',
  'acceptsMessageCard',
] as const;
