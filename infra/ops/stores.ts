/** What the operator's commands work on: storage and vault, found by the app's own settings, with the caller's own roles. */

import { type Clock, systemClock } from '../../shared/platform/clock.ts';
import { createFileClock } from '../../shared/platform/clock-file.ts';
import { type OperatorConfig, parseOperatorConfig } from '../../shared/platform/config.ts';
import type { Keys } from '../../shared/platform/keys-vault.ts';
import { createKeys } from '../../shared/platform/keys-vault.ts';
import { silentLog } from '../../shared/platform/log.ts';
import { createSecretsVault, type SecretsVault } from '../../shared/platform/secrets-vault.ts';
import { createStorage, type Storage } from '../../shared/platform/storage-client.ts';
import type { ExtraHost } from '../../shared/subscriptions/webhook-url.ts';
import { OpsCallError } from './call-error.ts';
import { localCertificate, localSystem } from './local-system.ts';

/** Storage and vault, and what the app is called. */
export interface Stores {
  readonly storage: Storage;
  readonly vault: SecretsVault;
  /** The app's keys, loaded. */
  readonly keys: () => Promise<Keys>;
  /** The app's clock: the machine's, or in development the one of a file. */
  readonly clock: Clock;
  /** Which system it is, for people: the storage account's name. */
  readonly place: string;
  /** Who the product hears from. @throws OpsCallError where PUBLIC_URL is not set. */
  readonly publicUrl: () => string;
  readonly extraHosts: readonly ExtraHost[];
}

/** Opens them; nothing is called yet. Without settings of storage and vault: the local system. @throws InvalidSettingsError that names every fault. */
export async function openStores(config: OperatorConfig = parseOperatorConfig(localSystem)): Promise<Stores> {
  const ca = config.isLocal ? localCertificate() : undefined;
  const vault = await createSecretsVault({ url: config.KEY_VAULT_URL, ...(ca === undefined ? {} : { ca }) });
  const keys = createKeys({ vault, names: ['sealing-key'], log: silentLog, now: Date.now });
  const storage = await createStorage(config);
  return {
    storage,
    vault,
    keys: async () => {
      await keys.refresh();
      return keys;
    },
    clock: config.CLOCK_FILE === undefined ? systemClock : createFileClock(config.CLOCK_FILE),
    place: `${storage.queue('events').accountName}${config.isLocal ? ' (local)' : ''}`,
    publicUrl() {
      if (config.PUBLIC_URL === undefined)
        throw new OpsCallError(
          'PUBLIC_URL is not set. The product is told of this change, and knows the app by that address.',
        );
      return config.PUBLIC_URL;
    },
    extraHosts: config.WEBHOOK_HOSTS_EXTRA,
  };
}
