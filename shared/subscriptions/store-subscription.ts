/** Stores a new subscription. Stopped after any step, what is left harms nobody. */
import type { Subscription } from './subscription.ts';
import type { SubscriptionsTable } from './subscriptions-table.ts';
import type { TellProduct } from './tell-product.ts';
import { WebhookTakenError } from './webhook-errors.ts';
import type { RecognisedWebhook } from './webhook-url.ts';
import type { WebhookVault } from './webhook-vault.ts';
import type { WebhooksTable } from './webhooks-table.ts';

/** What storing needs. `onCreated` sees to the due row and the welcome; `reconcile` does if it is not reached. */
export interface StoreSubscriptionDeps {
  readonly webhooks: Pick<WebhooksTable, 'claim'>;
  readonly vault: Pick<WebhookVault, 'put'>;
  readonly subscriptions: Pick<SubscriptionsTable, 'create'>;
  readonly onCreated: (subscription: Subscription) => Promise<void>;
  readonly tellProduct: Pick<TellProduct, 'note' | 'tell'>;
}

/** A subscription to store. `ifThere`: what it means that its id is taken. */
export interface NewSubscriptionRow {
  readonly subscription: Subscription;
  readonly recognised: RecognisedWebhook;
  readonly ifThere: () => Error;
}

/** Stores. @throws WebhookTakenError, SecretsVaultError, or what `ifThere` makes. */
export function createStoreSubscription(deps: StoreSubscriptionDeps) {
  const { webhooks, vault, subscriptions, onCreated, tellProduct } = deps;

  return async function storeSubscription({ subscription, recognised, ifThere }: NewSubscriptionRow): Promise<void> {
    const { account, id } = subscription;
    const { identity, webhook } = recognised;
    // Claim first: it can be refused. Then the vault, the record. The row last: with it deliveries begin.
    if ((await webhooks.claim({ identity, account, id })) === 'taken') throw new WebhookTakenError();
    await vault.put(id, webhook.url);
    const noted = tellProduct.note(undefined, subscription);
    if (!(await subscriptions.create(noted)).done) throw ifThere();
    await onCreated(noted);
    await tellProduct.tell(noted);
  };
}

/** Stores a new subscription. */
export type StoreSubscription = ReturnType<typeof createStoreSubscription>;
