/** The whole system on this machine: Azurite, a Key Vault, a Microsoft 365, and the function app as it is deployed. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileClock } from '../../shared/platform/clock-file.ts';
import { createSecretsVault } from '../../shared/platform/secrets-vault.ts';
import { QUEUES, TABLES } from '../../shared/platform/storage-client.ts';
import { buildAppIfStale, projectDir } from '../build-app.ts';
import { type Azurite, type AzuritePorts, startAzurite } from './azurite.ts';
import { createClockFile, type SetClock } from './clock-file.ts';
import { keptKeys } from './functions-host/kept-keys.ts';
import { type FunctionsHost, type FunctionsHostOptions, startFunctionsHost } from './functions-host/start-host.ts';
import { ensureKeys } from './key-vault/ensure-keys.ts';
import { type KeyVault, startKeyVault } from './key-vault/server.ts';
import { type Addresses, localSettings } from './local-settings.ts';
import { type Microsoft365, startMicrosoft365 } from './microsoft365/server.ts';
import { findFreePort } from './ports.ts';
import { createQueuesAndTables } from './queues-and-tables.ts';

/** A port for each part; what is left out takes a free one. */
export interface EmbeddedPorts {
  readonly functions?: number;
  readonly keyVault?: number;
  readonly microsoft365?: number;
  readonly azurite?: AzuritePorts;
}

/** How to start it. */
export interface EmbeddedAzureOptions {
  /** Where all data is kept, the function keys among it; made if missing. */
  readonly dir: string;
  readonly ports?: EmbeddedPorts;
  readonly instances?: number;
  /** Settings of the app beside `local-settings.ts`; the same name wins over it. */
  readonly env?: Readonly<Record<string, string>> | ((at: Addresses) => Readonly<Record<string, string>>);
  /** Passed to the function host: see there. */
  readonly host?: Pick<FunctionsHostOptions, 'runningMessageHiddenMs' | 'timerLockSeconds' | 'graceMs'>;
  /** Keeps storage in memory: quicker, and gone when it stops. */
  readonly inMemory?: boolean;
  /** Gets each line that the app writes. */
  readonly onLine?: (line: string, instance: number) => void;
}

/** The running system. */
export interface EmbeddedAzure {
  readonly functions: FunctionsHost;
  readonly keyVault: KeyVault;
  readonly microsoft365: Microsoft365;
  readonly connectionString: string;
  /** The environment that the app was given. */
  readonly env: Readonly<Record<string, string>>;
  /** Sets the wall clock of the app, its timers, the vault and Microsoft 365. */
  readonly setClock: SetClock;
  /** Stops Azurite alone, with SIGTERM, as an outage of storage. */
  stopStorage(): Promise<void>;
  /** Starts Azurite again on the same ports and data. */
  startStorage(): Promise<void>;
  /** Stops the app first, then what it relies on. */
  stop(): Promise<void>;
}

/**
 * Starts everything, building the app first if its sources have changed.
 * @throws Error when a part does not start; what had started is stopped again.
 */
export async function startEmbeddedAzure(options: EmbeddedAzureOptions): Promise<EmbeddedAzure> {
  const { dir, ports = {}, inMemory = false } = options;
  await mkdir(dir, { recursive: true });
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const part of stops.splice(0).reverse()) await part();
  };
  const starting = <T extends { stop(): Promise<void> }>(start: Promise<T>): Promise<T> =>
    start.then((part) => {
      stops.push(() => part.stop());
      return part;
    });

  try {
    const port = ports.functions ?? (await findFreePort());
    const publicUrl = `http://127.0.0.1:${port}`;
    const at = pathsIn(dir);
    const clock = createFileClock(at.clock);
    const [storage, keyVault, microsoft365] = await settleAll([
      starting(startStorage(at.azurite, inMemory, ports.azurite)),
      starting(startKeyVault({ dir: at.keyVault, port: ports.keyVault ?? 0, now: clock.now })),
      starting(
        startMicrosoft365({
          dir: at.microsoft365,
          port: ports.microsoft365 ?? 0,
          clock,
          productUrl: publicUrl,
        }),
      ),
      buildAppIfStale(),
    ]);
    const { connectionString } = storage;
    const poison = ['events-poison', 'digests-poison'];
    await Promise.all([
      createQueuesAndTables({ connectionString, queues: [...QUEUES, ...poison], tables: TABLES }),
      createSecretsVault({ url: keyVault.url, ca: keyVault.ca }).then(ensureKeys),
    ]);

    const addresses: Addresses = { publicUrl, microsoft365Url: microsoft365.url };
    const env = {
      AzureWebJobsStorage: connectionString,
      KEY_VAULT_URL: keyVault.url,
      NODE_EXTRA_CA_CERTS: keyVault.caPath,
      PUBLIC_URL: publicUrl,
      CLOCK_FILE: at.clock,
      ...localSettings(addresses),
      ...(typeof options.env === 'function' ? options.env(addresses) : options.env),
    };
    const functions = await starting(
      startFunctionsHost({
        appDir: projectDir,
        env,
        port,
        instances: options.instances ?? 1,
        ...options.host,
        keys: await keptKeys(at.keys),
        ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
      }),
    );
    return {
      functions,
      keyVault,
      microsoft365,
      connectionString,
      env,
      setClock: createClockFile(at.clock),
      stopStorage: storage.stop,
      startStorage: storage.start,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Removes all data in `dir`, and nothing else that may be there. */
export async function eraseData(dir: string): Promise<void> {
  await Promise.all(Object.values(pathsIn(dir)).map((path) => rm(path, { recursive: true, force: true })));
}

function pathsIn(dir: string) {
  return {
    azurite: join(dir, 'azurite'),
    keyVault: join(dir, 'key-vault'),
    microsoft365: join(dir, 'microsoft365'),
    clock: join(dir, 'clock.json'),
    keys: join(dir, 'function-keys.json'),
  };
}

/** As `Promise.all`, but waits for the rest when one fails, so that all that started is known and can be stopped. */
async function settleAll<T extends readonly unknown[]>(
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** Azurite that can be stopped and started again at its address. */
async function startStorage(dir: string, inMemory: boolean, ports: AzuritePorts | undefined) {
  let azurite: Azurite | undefined = await startAzurite({ dir, inMemory, ...(ports === undefined ? {} : { ports }) });
  const { connectionString, ports: taken } = azurite;
  return {
    connectionString,
    async stop() {
      await azurite?.stop();
      azurite = undefined;
    },
    async start() {
      azurite ??= await startAzurite({ dir, inMemory, ports: taken });
    },
  };
}
