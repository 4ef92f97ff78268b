/** Seals again every webhook whose copy is missing, does not open, or is of an earlier key: after a rotation, or a lost sealing key. */
import type { KeyRing } from '../platform/key-ring.ts';
import { sealedWith } from '../platform/seal.ts';
import { SecretsVaultError } from '../platform/secrets-vault.ts';
import { createOpenWebhook, type OpenWebhookDeps, WebhookMissingError } from './open-webhook.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionsTable } from './subscriptions-table.ts';

/** Vault reads at once: about 200 a second, a twentieth of what Key Vault takes (4,000 in 10 s), so that deliveries go on. */
const AT_ONCE = 10;

/** What resealing needs. */
export interface ResealDeps extends Omit<OpenWebhookDeps, 'subscriptions'> {
  readonly subscriptions: Pick<SubscriptionsTable, 'list' | 'read' | 'replace'>;
  readonly keys: Pick<KeyRing, 'current'>;
}

/** How far it is. `failed`: the ids of subscriptions whose webhook the vault does not have, or would not give. */
export interface Resealed {
  readonly looked: number;
  readonly resealed: number;
  readonly failed: readonly string[];
}

/** Looks at every subscription. Stopping anywhere is harmless; a second run finds only what is left. */
export function createResealWebhooks({ keys, ...deps }: ResealDeps) {
  const openWebhook = createOpenWebhook(deps);

  async function reseal(subscription: Subscription): Promise<'as it was' | 'resealed' | 'failed'> {
    const { sealedWebhook, ...bare } = subscription;
    if (sealedWebhook !== undefined && sealedWith(sealedWebhook) === keys.current().id) return 'as it was';
    try {
      // Without its copy it is read from the vault, and a fresh copy is written.
      await openWebhook(bare);
      return 'resealed';
    } catch (error) {
      if (error instanceof WebhookMissingError || error instanceof SecretsVaultError) return 'failed';
      throw error;
    }
  }

  return async function* resealWebhooks(): AsyncGenerator<Resealed, Resealed> {
    let [looked, resealed] = [0, 0];
    const failed: string[] = [];
    let batch: Subscription[] = [];
    const flush = async () => {
      const became = await Promise.all(batch.map(reseal));
      looked += batch.length;
      resealed += became.filter((it) => it === 'resealed').length;
      failed.push(...batch.filter((_, index) => became[index] === 'failed').map(({ id }) => id));
      batch = [];
      return { looked, resealed, failed };
    };
    for await (const row of deps.subscriptions.list()) {
      if (row.is === 'present') batch.push(row.subscription);
      if (batch.length === AT_ONCE) yield await flush();
    }
    return flush();
  };
}
