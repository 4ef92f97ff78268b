/** A subscription's webhook, for posting: from the sealed copy in its row, else from the vault. */
import { ConnectorError } from '../platform/errors.ts';
import type { Seal } from '../platform/seal.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionsTable } from './subscriptions-table.ts';
import type { Webhook, WebhookKind } from './webhook.ts';
import { createWebhookSeal } from './webhook-seal.ts';
import { recogniseWebhook } from './webhook-url.ts';
import type { WebhookVault } from './webhook-vault.ts';

/** Neither row nor vault has an address: the subscription was removed meanwhile, or the vault was changed by hand. */
export class WebhookMissingError extends ConnectorError {
  readonly code = 'unavailable';
  readonly status = 503;
  override readonly retryable = true;

  constructor(readonly subscriptionId: string) {
    super('The webhook of this channel is not stored. Change the webhook in the settings.');
  }
}

/** What opening needs. */
export interface OpenWebhookDeps {
  readonly seal: Seal;
  readonly webhookVault: Pick<WebhookVault, 'read'>;
  readonly subscriptions: Pick<SubscriptionsTable, 'read' | 'replace'>;
}

/** Opens a webhook; no vault call when the row's copy opens. @throws SecretsVaultError or WebhookMissingError. */
export function createOpenWebhook({ seal, webhookVault, subscriptions }: OpenWebhookDeps) {
  const webhookSeal = createWebhookSeal(seal);

  async function readVault(id: string): Promise<string> {
    const url = await webhookVault.read(id);
    if (url === undefined) throw new WebhookMissingError(id);
    return url;
  }

  /** Puts a copy into the row, and takes it out again if the webhook changed meanwhile: the vault is the record. */
  async function reseal(subscription: Subscription): Promise<Webhook> {
    const { id, target } = subscription;
    // The row before the vault: whoever changes the webhook changes the row first, and then this copy is not written.
    const row = await subscriptions.read(subscription);
    const webhook = webhookOf(await readVault(id), target.kind);
    if (row?.is !== 'present') return webhook;
    const { sealedWebhook: _, ...bare } = row.subscription;
    const sealedWebhook = webhookSeal.seal(id, webhook.url);
    const copy = { ...bare, target: { ...bare.target, kind: webhook.kind }, sealedWebhook };
    const copied = await subscriptions.replace(copy, row.etag);
    if (!copied.done) return webhook;
    const now = await readVault(id);
    if (now !== webhook.url) await subscriptions.replace(bare, copied.etag);
    return webhookOf(now, target.kind);
  }

  return async function openWebhook(subscription: Subscription): Promise<Webhook> {
    const { id, target, sealedWebhook } = subscription;
    const copy = sealedWebhook === undefined ? undefined : webhookSeal.open(id, sealedWebhook);
    return copy === undefined ? reseal(subscription) : { kind: target.kind, url: copy };
  };
}

/** While a webhook is changed for one of the other kind, the vault has the new one before the row says its kind. */
function webhookOf(url: string, kind: WebhookKind): Webhook {
  const recognised = recogniseWebhook(url);
  return { url, kind: 'refused' in recognised ? kind : recognised.webhook.kind };
}
