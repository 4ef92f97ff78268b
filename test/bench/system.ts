/** The system that is measured: Azurite, a vault, webhooks that answer at once, and the function app as it is deployed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureKeys } from '../../infra/azure/ensure-keys.ts';
import { buildAppIfStale, projectDir } from '../../infra/build-app.ts';
import { startAzurite } from '../../infra/local/azurite.ts';
import { type FunctionsHost, startFunctionsHost } from '../../infra/local/functions-host/start-host.ts';
import { startKeyVault } from '../../infra/local/key-vault/server.ts';
import { localSettings } from '../../infra/local/local-settings.ts';
import { findFreePort } from '../../infra/local/ports.ts';
import { createQueuesAndTables } from '../../infra/local/queues-and-tables.ts';
import type { Config } from '../../shared/platform/config.ts';
import type { KeyRing } from '../../shared/platform/key-ring.ts';
import { createKeys } from '../../shared/platform/keys-vault.ts';
import { silentLog } from '../../shared/platform/log.ts';
import { createSeal } from '../../shared/platform/seal.ts';
import { createSecretsVault } from '../../shared/platform/secrets-vault.ts';
import { createStorage, POISON_QUEUES, QUEUES, type Storage, TABLES } from '../../shared/platform/storage-client.ts';
import { createWebhookSeal, type WebhookSeal } from '../../shared/subscriptions/webhook-seal.ts';
import { type StorageProxy, startStorageProxy } from './storage-proxy.ts';
import { startWebhookSink, type WebhookSink } from './webhook-sink.ts';

/** Triggers that act by themselves: switched off unless a measurement wants them. */
const TRIGGERS = ['receive-events', 'send-digest', 'dispatch-due', 'reconcile', 'events-poison', 'digests-poison'];

/** How to start the app. */
export interface AppOptions {
  /** The triggers that run; the others run when they are told to. */
  readonly on: readonly string[];
  /** Over the proxy that counts, or straight: counting costs time. */
  readonly storage: 'counted' | 'straight';
  /** Environment beside the settings. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What measurements work with. */
export interface BenchSystem {
  /** For filling it: not counted. */
  readonly storage: Storage;
  readonly connectionString: string;
  readonly proxy: StorageProxy;
  readonly sink: WebhookSink;
  /** Requests that the vault got so far, as it says itself. */
  readonly vaultRequests: () => number;
  readonly webhookSeal: WebhookSeal;
  /** What the app signs its tokens with. */
  readonly signingKeys: KeyRing;
  /** The app's settings, but for its storage. */
  readonly settings: Readonly<Record<string, string>>;
  /** Those started so far. */
  readonly apps: readonly FunctionsHost[];
  startApp(options: AppOptions): Promise<FunctionsHost>;
  /** Stops everything, apps that still run too. */
  stop(): Promise<void>;
}

/** Starts it empty, storage in memory; the app is not started. */
export async function startBenchSystem(): Promise<BenchSystem> {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-bench-'));
  const [azurite, vault, sink, port] = await Promise.all([
    startAzurite({ dir, inMemory: true }),
    startKeyVault({ dir: join(dir, 'vault') }),
    startWebhookSink(),
    findFreePort(),
    buildAppIfStale(),
  ]);
  const { connectionString } = azurite;
  const proxy = await startStorageProxy(azurite);
  await createQueuesAndTables({ connectionString, queues: [...QUEUES, ...POISON_QUEUES], tables: TABLES });
  const secrets = await createSecretsVault({ url: vault.url, ca: vault.ca });
  await ensureKeys(secrets);
  const keys = createKeys({ vault: secrets, names: ['sealing-key', 'signing-key'], log: silentLog, now: Date.now });
  await keys.start();
  const settings = {
    ...localSettings({ publicUrl: '', microsoft365Url: sink.origin }),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    KEY_VAULT_URL: vault.url,
    NODE_EXTRA_CA_CERTS: vault.caPath,
  };
  const apps: FunctionsHost[] = [];

  return {
    storage: await createStorage({ AzureWebJobsStorage: connectionString } as Config),
    connectionString,
    proxy,
    sink,
    settings,
    apps,
    vaultRequests: () => vault.requests.length,
    signingKeys: keys.ring('signing-key'),
    webhookSeal: createWebhookSeal(createSeal(keys.ring('sealing-key'))),
    async startApp({ on, storage, env }) {
      const off = TRIGGERS.filter((name) => !on.includes(name));
      const app = await startFunctionsHost({
        appDir: projectDir,
        env: {
          ...settings,
          AzureWebJobsStorage: storage === 'counted' ? proxy.connectionString : connectionString,
          ...Object.fromEntries(off.map((name) => [`AzureWebJobs.${name}.Disabled`, 'true'])),
          ...env,
        },
      });
      apps.push(app);
      return app;
    },
    async stop() {
      await Promise.all(apps.map((app) => app.stop()));
      keys.stop();
      await Promise.all([proxy.stop(), sink.stop(), vault.stop(), azurite.stop()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
