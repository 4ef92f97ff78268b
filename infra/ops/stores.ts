/** What the operator's commands work on: storage and vault, found by the app's own settings, with the caller's own roles. */
import { parseStoreConfig, type StoreConfig } from '../../shared/platform/config.ts';
import type { Keys } from '../../shared/platform/keys-vault.ts';
import { createKeys } from '../../shared/platform/keys-vault.ts';
import { silentLog } from '../../shared/platform/log.ts';
import { createSecretsVault, type SecretsVault } from '../../shared/platform/secrets-vault.ts';
import { createStorage, type Storage } from '../../shared/platform/storage-client.ts';

/** Storage and vault. */
export interface Stores {
  readonly storage: Storage;
  readonly vault: SecretsVault;
  /** The app's keys, loaded. */
  readonly keys: () => Promise<Keys>;
}

/** Opens them; nothing is called yet. @throws InvalidSettingsError that names every fault. */
export async function openStores(config: StoreConfig = parseStoreConfig()): Promise<Stores> {
  const vault = await createSecretsVault({ url: config.KEY_VAULT_URL });
  const keys = createKeys({ vault, names: ['sealing-key'], log: silentLog, now: Date.now });
  return {
    storage: await createStorage(config),
    vault,
    keys: async () => {
      await keys.refresh();
      return keys;
    },
  };
}
