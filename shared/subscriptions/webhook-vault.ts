/** Webhook addresses in Key Vault: the record, one secret for each subscription. */
import type { SecretsVault } from '../platform/secrets-vault.ts';

/** The vault's part for webhooks. Failures are `SecretsVaultError`. */
export interface WebhookVault {
  put(subscriptionId: string, url: string): Promise<void>;
  /** The address; undefined when there is none under this id. */
  read(subscriptionId: string): Promise<string | undefined>;
  /** Harmless when there is none. The name is never used again: subscription ids are not. */
  remove(subscriptionId: string): Promise<void>;
}

/** Webhooks in `vault`. */
export function createWebhookVault(vault: Pick<SecretsVault, 'read' | 'write' | 'remove'>): WebhookVault {
  return {
    put: (subscriptionId, url) => vault.write(webhookSecretName(subscriptionId), url),
    read: (subscriptionId) => vault.read(webhookSecretName(subscriptionId)),
    remove: (subscriptionId) => vault.remove(webhookSecretName(subscriptionId)),
  };
}

/** `webhook-<subscriptionId>`; Key Vault allows letters, digits and hyphens in names, so the id's underscore becomes one. */
export function webhookSecretName(subscriptionId: string): string {
  return `webhook-${subscriptionId.replaceAll('_', '-')}`;
}
