/** Whether a claim of a webhook still stands for something (protocol rule 19). */
import type { SubscriptionsTable } from './subscriptions-table.ts';
import { type ExtraHost, recogniseWebhook } from './webhook-url.ts';
import type { WebhookVault } from './webhook-vault.ts';
import type { WebhookClaim } from './webhooks-table.ts';

/** What asking needs. */
export interface HoldsWebhookDeps {
  readonly subscriptions: Pick<SubscriptionsTable, 'read'>;
  readonly webhookVault: Pick<WebhookVault, 'read'>;
  readonly extraHosts: readonly ExtraHost[];
}

/** True when the subscription is there and its webhook is the claimed one. In doubt it is. */
export function createHoldsWebhook({ subscriptions, webhookVault, extraHosts }: HoldsWebhookDeps) {
  return async function holdsWebhook({ account, id, identity }: WebhookClaim): Promise<boolean> {
    if ((await subscriptions.read({ account, id }))?.is !== 'present') return false;
    const url = await webhookVault.read(id);
    const recognised = url === undefined ? undefined : recogniseWebhook(url, extraHosts);
    return recognised === undefined || 'refused' in recognised || recognised.identity === identity;
  };
}
