/** What the app relies on, started together and made ready: storage with its queues and tables, the vault with its keys, Microsoft 365. */
import { createFileClock } from '../../shared/platform/clock-file.ts';
import { createSecretsVault } from '../../shared/platform/secrets-vault.ts';
import { POISON_QUEUES, QUEUES, TABLES } from '../../shared/platform/storage-client.ts';
import { ensureKeys } from '../azure/ensure-keys.ts';
import type { AzuritePorts } from './azurite.ts';
import { type Collector, startCollector } from './insights/collector.ts';
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
  readonly ports: {
    readonly keyVault?: number;
    readonly microsoft365?: number;
    readonly azurite?: AzuritePorts;
    readonly telemetry?: number;
  };
  /** Keeps storage in memory. */
  readonly inMemory: boolean;
  /** Takes the app's telemetry. */
  readonly telemetry?: 'off' | 'collected';
}

/** The running services. */
export interface EmbeddedServices {
  readonly storage: RestartableAzurite;
  readonly keyVault: KeyVault;
  readonly microsoft365: Microsoft365;
  readonly collector: Collector | undefined;
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
  const keyVaultStarts = startKeyVault({ dir: paths.keyVault, port: ports.keyVault ?? 0, now: clock.now });
  const starting = [
    storageStarts,
    keyVaultStarts,
    startMicrosoft365({
      dir: paths.microsoft365,
      port: ports.microsoft365 ?? 0,
      clock,
      productUrl: publicUrl,
      lint: lintText,
      sample: createSendSamples(async () => (await storageStarts).connectionString),
    }),
    collectorIn(options, keyVaultStarts),
  ] as const;
  // All are waited for, so that what did start is known when one did not.
  const settled = await Promise.allSettled(starting);
  const stop = async () => {
    await Promise.all(settled.map((result) => (result.status === 'fulfilled' ? result.value?.stop() : undefined)));
  };
  try {
    const [storage, keyVault, microsoft365, collector] = await Promise.all(starting);
    const { connectionString } = storage;
    await Promise.all([
      // The host makes the poison queues it needs; triggers on them should not meet a 404 until then.
      createQueuesAndTables({ connectionString, queues: [...QUEUES, ...POISON_QUEUES], tables: TABLES }),
      createSecretsVault({ url: keyVault.url, ca: keyVault.ca }).then(ensureKeys),
    ]);
    return { storage, keyVault, microsoft365, collector, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The vault's folder: one certificate for both, since an app is told of one file to trust. */
async function collectorIn(
  { dir, ports, telemetry }: EmbeddedServicesOptions,
  keyVault: Promise<KeyVault>,
): Promise<Collector | undefined> {
  if (telemetry !== 'collected') return undefined;
  await keyVault;
  return startCollector({ dir: localPaths(dir).keyVault, port: ports.telemetry ?? 0 });
}
