/** What a change by an operator needs: as an owner's, but the product is told who made it. */
import { createConnectorEventsQueue } from '../../shared/platform/connector-events-queue.ts';
import { createHoldsWebhook } from '../../shared/subscriptions/holds-webhook.ts';
import { createTellProduct } from '../../shared/subscriptions/tell-product.ts';
import { createWebhookVault } from '../../shared/subscriptions/webhook-vault.ts';
import { createWebhooksTable } from '../../shared/subscriptions/webhooks-table.ts';
import { channelStores } from './channel-stores.ts';
import type { Stores } from './stores.ts';

/** For every change. @throws OpsCallError where PUBLIC_URL is not set. */
export function changeDeps(stores: Stores) {
  const kept = channelStores(stores);
  const tellProduct = createTellProduct({
    ...kept,
    connectorEvents: createConnectorEventsQueue(stores.storage.queue('connector-events')),
    publicUrl: stores.publicUrl(),
    by: 'operator',
  });
  return { ...kept, tellProduct };
}

/** For removing, which takes the webhook too. */
export function removeDeps(stores: Stores) {
  const change = changeDeps(stores);
  const { extraHosts } = stores;
  const webhookVault = createWebhookVault(stores.vault);
  const isSubscription = createHoldsWebhook({ ...change, webhookVault, extraHosts });
  const webhooks = createWebhooksTable({ table: stores.storage.table('webhooks'), isSubscription, now: Date.now });
  return { ...change, webhookVault, webhooks, extraHosts };
}
