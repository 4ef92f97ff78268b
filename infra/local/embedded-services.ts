/** What the app relies on, started together and made ready: storage with its queues and tables, the vault with its keys, Microsoft 365. */
import { createFileClock } from '../../shared/platform/clock-file.ts';
import { createSecretsVault } from '../../shared/platform/secrets-vault.ts';
import { POISON_QUEUES, QUEUES, TABLES } from '../../shared/platform/storage-client.ts';
import { ensureKeys } from '../azure/ensure-keys.ts';
import type { AzuritePorts } from './azurite.ts';
import { type KeyVault, startKeyVault } from './key-vault/server.ts';
import { createSendSamples, lintText } from './lent-to-microsoft365.ts';
import { localPaths } from './local-data.ts';
import { type Microsoft365, startMicrosoft365 } from './microsoft365/server.ts';
import { createQueuesAndTables } from './queues-and-tables.ts';
import { type RestartableAzurite, startRestartableAzurite } from './restartable-azurite.ts';

/** Where to start them. */
export interface EmbeddedServicesOptions {
  readonly dir: string;
  /** Address of the app, which Microsoft 365 sends people back to. */
  readonly publicUrl: string;
  /** A port for each; what is left out takes a free one. */
  readonly ports: { readonly keyVault?: number; readonly microsoft365?: number; readonly azurite?: AzuritePorts };
  /** Keeps storage in memory. */
  readonly inMemory: boolean;
}

/** The running services. */
export interface EmbeddedServices {
  readonly storage: RestartableAzurite;
  readonly keyVault: KeyVault;
  readonly microsoft365: Microsoft365;
  stop(): Promise<void>;
}

/**
 * Starts all of them and makes what the app expects to be there.
 * @throws Error when one does not start; the others are stopped again.
 */
export async function startEmbeddedServices(options: EmbeddedServicesOptions): Promise<EmbeddedServices> {
  const { ports, inMemory, publicUrl } = options;
  const paths = localPaths(options.dir);
  const clock = createFileClock(paths.clock);
  const azurite = { dir: paths.azurite, inMemory, ...(ports.azurite === undefined ? {} : { ports: ports.azurite }) };
  const storageStarts = startRestartableAzurite(azurite);
  const starting = [
    storageStarts,
    startKeyVault({ dir: paths.keyVault, port: ports.keyVault ?? 0, now: clock.now }),
    startMicrosoft365({
      dir: paths.microsoft365,
      port: ports.microsoft365 ?? 0,
      clock,
      productUrl: publicUrl,
      lint: lintText,
      sample: createSendSamples(async () => (await storageStarts).connectionString),
    }),
  ] as const;
  // All are waited for, so that what did start is known when one did not.
  const settled = await Promise.allSettled(starting);
  const stop = async () => {
    await Promise.all(settled.map((result) => (result.status === 'fulfilled' ? result.value.stop() : undefined)));
  };
  try {
    const [storage, keyVault, microsoft365] = await Promise.all(starting);
    const { connectionString } = storage;
    await Promise.all([
      // The host makes the poison queues it needs; triggers on them should not meet a 404 until then.
      createQueuesAndTables({ connectionString, queues: [...QUEUES, ...POISON_QUEUES], tables: TABLES }),
      createSecretsVault({ url: keyVault.url, ca: keyVault.ca }).then(ensureKeys),
    ]);
    return { storage, keyVault, microsoft365, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
