/** The whole system on this machine: Azurite, a Key Vault, a Microsoft 365, and the function app as it is deployed. */
import { mkdir } from 'node:fs/promises';
import { createSecretsVault } from '../../shared/platform/secrets-vault.ts';
import { buildAppIfStale, projectDir } from '../build-app.ts';
import type { AzuritePorts } from './azurite.ts';
import { createClockFile, type SetClock } from './clock-file.ts';
import { type EmbeddedServices, startEmbeddedServices } from './embedded-services.ts';
import { keptKeys } from './functions-host/kept-keys.ts';
import { type FunctionsHost, type FunctionsHostOptions, startFunctionsHost } from './functions-host/start-host.ts';
import { localPaths } from './local-data.ts';
import { type Addresses, localSettings, PRODUCT_ISSUER } from './local-settings.ts';
import { findFreePort } from './ports.ts';
import { type Product, startProduct } from './product/sign-in-site.ts';

/** A port for each part; what is left out takes a free one. */
export interface EmbeddedPorts {
  readonly functions?: number;
  readonly keyVault?: number;
  readonly microsoft365?: number;
  readonly product?: number;
  readonly azurite?: AzuritePorts;
  readonly telemetry?: number;
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
  /** `collected`: the app sends its telemetry to a collector here; default: off. */
  readonly telemetry?: 'off' | 'collected';
  /** Gets each line that the app writes. */
  readonly onLine?: (line: string, instance: number) => void;
}

/** The running system. */
export interface EmbeddedAzure {
  readonly functions: FunctionsHost;
  readonly keyVault: EmbeddedServices['keyVault'];
  readonly microsoft365: EmbeddedServices['microsoft365'];
  readonly product: Product;
  /** What the app sent of itself; undefined when telemetry is off. */
  readonly collector: EmbeddedServices['collector'];
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
  const { dir, ports = {}, inMemory = false, telemetry = 'off' } = options;
  await mkdir(dir, { recursive: true });
  const port = ports.functions ?? (await findFreePort());
  const publicUrl = `http://127.0.0.1:${port}`;
  const building = buildAppIfStale();
  building.catch(() => {}); // waited for below, when the services can be stopped
  const services = await startEmbeddedServices({ dir, publicUrl, ports, inMemory, telemetry });
  const { storage, keyVault, microsoft365 } = services;
  let env: Readonly<Record<string, string>> = {};
  const product = await startProduct({
    port: ports.product ?? 0,
    publicUrl,
    setupKey: () => readSetupKey(keyVault),
    issuer: () => env['SETUP_TOKEN_ISSUER'] ?? PRODUCT_ISSUER,
  });
  try {
    await building;
    env = environmentOf(options, services, {
      publicUrl,
      microsoft365Url: microsoft365.url,
      signInUrl: product.signInUrl,
    });
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
      product,
      collector: services.collector,
      connectionString: storage.connectionString,
      env,
      setClock: createClockFile(localPaths(dir).clock),
      stopStorage: storage.stop,
      startStorage: storage.start,
      async stop() {
        await functions.stop();
        await Promise.all([product.stop(), services.stop()]);
      },
    };
  } catch (error) {
    await Promise.all([product.stop(), services.stop()]);
    throw error;
  }
}

function environmentOf(
  { dir, env }: EmbeddedAzureOptions,
  { storage, keyVault, collector }: EmbeddedServices,
  at: Addresses,
): Readonly<Record<string, string>> {
  return {
    AzureWebJobsStorage: storage.connectionString,
    KEY_VAULT_URL: keyVault.url,
    NODE_EXTRA_CA_CERTS: keyVault.caPath,
    PUBLIC_URL: at.publicUrl,
    CLOCK_FILE: localPaths(dir).clock,
    ...localSettings(at),
    ...telemetrySettings(collector),
    ...(typeof env === 'function' ? env(at) : env),
  };
}

/** Everything is kept, and the exporter's figures about itself, which go to Microsoft, are off. */
function telemetrySettings(collector: EmbeddedServices['collector']): Readonly<Record<string, string>> {
  if (collector === undefined) return {};
  return {
    APPLICATIONINSIGHTS_CONNECTION_STRING: collector.connectionString,
    TRACES_PER_SECOND: '1000',
    APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
    APPLICATIONINSIGHTS_SDKSTATS_DISABLED: 'true',
  };
}

/** What the product signs with; it is in the vault once the services have started. */
async function readSetupKey({ url, ca }: EmbeddedServices['keyVault']): Promise<string> {
  const vault = await createSecretsVault({ url, ca });
  return (await vault.read('setup-key')) ?? '';
}
