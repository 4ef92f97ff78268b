/** The whole system on this machine: Azurite, a Key Vault, a Microsoft 365, and the function app as it is deployed. */
import { mkdir } from 'node:fs/promises';
import { buildAppIfStale, projectDir } from '../build-app.ts';
import type { AzuritePorts } from './azurite.ts';
import { createClockFile, type SetClock } from './clock-file.ts';
import { type EmbeddedServices, startEmbeddedServices } from './embedded-services.ts';
import { keptKeys } from './functions-host/kept-keys.ts';
import { type FunctionsHost, type FunctionsHostOptions, startFunctionsHost } from './functions-host/start-host.ts';
import { localPaths } from './local-data.ts';
import { type Addresses, localSettings } from './local-settings.ts';
import { findFreePort } from './ports.ts';

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
  readonly keyVault: EmbeddedServices['keyVault'];
  readonly microsoft365: EmbeddedServices['microsoft365'];
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
  const port = ports.functions ?? (await findFreePort());
  const publicUrl = `http://127.0.0.1:${port}`;
  const building = buildAppIfStale();
  building.catch(() => {}); // waited for below, when the services can be stopped
  const services = await startEmbeddedServices({ dir, publicUrl, ports, inMemory });
  const { storage, keyVault, microsoft365 } = services;
  try {
    await building;
    const env = environmentOf(options, services, publicUrl);
    const functions = await startFunctionsHost({
      appDir: projectDir,
      env,
      port,
      instances: options.instances ?? 1,
      keys: await keptKeys(localPaths(dir).functionKeys),
      ...options.host,
      ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
    });
    return {
      functions,
      keyVault,
      microsoft365,
      connectionString: storage.connectionString,
      env,
      setClock: createClockFile(localPaths(dir).clock),
      stopStorage: storage.stop,
      startStorage: storage.start,
      async stop() {
        await functions.stop();
        await services.stop();
      },
    };
  } catch (error) {
    await services.stop();
    throw error;
  }
}

function environmentOf(
  { dir, env }: EmbeddedAzureOptions,
  { storage, keyVault, microsoft365 }: EmbeddedServices,
  publicUrl: string,
): Readonly<Record<string, string>> {
  const at: Addresses = { publicUrl, microsoft365Url: microsoft365.url };
  return {
    AzureWebJobsStorage: storage.connectionString,
    KEY_VAULT_URL: keyVault.url,
    NODE_EXTRA_CA_CERTS: keyVault.caPath,
    PUBLIC_URL: publicUrl,
    CLOCK_FILE: localPaths(dir).clock,
    ...localSettings(at),
    ...(typeof env === 'function' ? env(at) : env),
  };
}
