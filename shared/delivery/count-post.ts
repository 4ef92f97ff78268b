/** Counts what became of a POST, whatever card it was. */
import type { Telemetry } from '../platform/telemetry/telemetry.ts';
import type { WebhookKind } from '../subscriptions/webhook.ts';
import type { Outcome } from './outcome.ts';

/** A POST that was made. */
export interface Post {
  readonly card: 'digest' | 'welcome' | 'notice' | 'quiet' | 'resend' | 'test';
  readonly kind: WebhookKind;
  readonly outcome: Outcome;
}

/** Counts it by outcome and kind. */
export function countPost(telemetry: Telemetry, { card, kind, outcome }: Post): void {
  telemetry.count('tidings.attempts', 1, { card, kind, outcome: outcome.is, status: outcome.status });
  if (outcome.is === 'throttled') telemetry.count('tidings.throttled', 1, { by: 'webhook', kind });
}
