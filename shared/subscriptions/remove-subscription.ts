/** Removes a subscription: the tombstone first, then all that could still post (protocol rule 18). */
import type { Clock } from '../platform/clock.ts';
import type { Tombstone } from './subscription.ts';
import { SubscriptionNotFoundError } from './subscription-errors.ts';
import type { SubscriptionKey, SubscriptionsTable } from './subscriptions-table.ts';
import type { TellProduct } from './tell-product.ts';
import { type ExtraHost, recogniseWebhook } from './webhook-url.ts';
import type { WebhookVault } from './webhook-vault.ts';
import type { WebhooksTable } from './webhooks-table.ts';

/** What removing needs. */
export interface RemoveDeps {
  readonly subscriptions: Pick<SubscriptionsTable, 'read' | 'bury'>;
  readonly webhookVault: Pick<WebhookVault, 'read' | 'remove'>;
  readonly webhooks: Pick<WebhooksTable, 'release'>;
  readonly extraHosts: readonly ExtraHost[];
  readonly clock: Pick<Clock, 'now'>;
  readonly tellProduct: Pick<TellProduct, 'noteRemoval' | 'tellRemoval'>;
}

/**
 * What a tombstone leaves to do: the vault's secret goes, then the webhook's claim, the product is told, and the tombstone says so. The address is
 * read first, since the claim is found by it; a claim whose secret went before it may be taken by whoever asks (rule 19).
 */
export function createFinishRemoval(deps: Omit<RemoveDeps, 'clock'>) {
  const { subscriptions, webhookVault, webhooks, extraHosts, tellProduct } = deps;

  return async function finishRemoval(tombstone: Tombstone): Promise<void> {
    const { account, id } = tombstone;
    const url = await webhookVault.read(id);
    await webhookVault.remove(id);
    const recognised = url === undefined ? undefined : recogniseWebhook(url, extraHosts);
    if (recognised !== undefined && !('refused' in recognised))
      await webhooks.release({ identity: recognised.identity, account, id });
    await tellProduct.tellRemoval(tombstone);
    await subscriptions.bury({ ...tombstone, cleared: true, untold: [] });
  };
}

/**
 * Removes. From the tombstone on nothing is sent: it takes the place of the row, and of the sealed copy in it. Stopped after
 * that, doing it again goes on, and so does the hourly net, which also clears pages and due row.
 * @throws SubscriptionNotFoundError.
 */
export function createRemoveSubscription(deps: RemoveDeps) {
  const finishRemoval = createFinishRemoval(deps);

  return async function removeSubscription(key: SubscriptionKey): Promise<void> {
    const row = await deps.subscriptions.read(key);
    if (row === undefined || (row.is === 'removed' && row.tombstone.cleared)) throw new SubscriptionNotFoundError();
    if (row.is === 'removed') return finishRemoval(row.tombstone);
    const bare: Tombstone = { account: key.account, id: key.id, removedAt: deps.clock.now() };
    const tombstone = deps.tellProduct.noteRemoval(bare, row.subscription);
    await deps.subscriptions.bury(tombstone);
    await finishRemoval(tombstone);
  };
}

/** Removes one subscription. */
export type RemoveSubscription = ReturnType<typeof createRemoveSubscription>;
