/** What a run is made of: storage on disk, a vault, webhooks with the machine's own clock, and the channels in their tables. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureKeys } from '../../infra/azure/ensure-keys.ts';
import { buildAppIfStale } from '../../infra/build-app.ts';
import { createClockFile } from '../../infra/local/clock-file.ts';
import { startKeyVault } from '../../infra/local/key-vault/server.ts';
import { localSettings } from '../../infra/local/local-settings.ts';
import { startMicrosoft365 } from '../../infra/local/microsoft365/server.ts';
import { findFreePort } from '../../infra/local/ports.ts';
import { createQueuesAndTables } from '../../infra/local/queues-and-tables.ts';
import { startRestartableAzurite } from '../../infra/local/restartable-azurite.ts';
import type { Config } from '../../shared/platform/config.ts';
import { createKeys } from '../../shared/platform/keys-vault.ts';
import { silentLog } from '../../shared/platform/log.ts';
import { createSeal } from '../../shared/platform/seal.ts';
import { createSecretsVault } from '../../shared/platform/secrets-vault.ts';
import { createStorage, POISON_QUEUES, QUEUES, TABLES } from '../../shared/platform/storage-client.ts';
import { createDueTable } from '../../shared/schedules/due-table.ts';
import { dueRowOf } from '../../shared/subscriptions/due-of-subscription.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { createSubscriptionsTable } from '../../shared/subscriptions/subscriptions-table.ts';
import { createWebhookSeal } from '../../shared/subscriptions/webhook-seal.ts';
import { createWebhookVault } from '../../shared/subscriptions/webhook-vault.ts';
import { inParallel } from '../bench/fill.ts';
import { createChances } from '../faults/random.ts';
import { planChannels, WALL_RATE, WALL_START } from './plan.ts';

/** The protocol's times, scaled down: what takes minutes in production takes seconds here. */
export const TIMES = { leaseMs: 20_000, postMs: 3_000, marginMs: 6_000, takeoverMs: 3_000 };
const PROTOCOL_TIMES = 'lease=20,post=3,margin=6,takeover=3';
/** Of so many channels the webhook is in the vault alone until the first delivery. */
const UNSEALED_OF = 11;
const AT_ONCE = 16;

/** The running system, without the product. */
export type SoakSystem = Awaited<ReturnType<typeof startSoakSystem>>;

/** Starts it with its channels stored. */
export async function startSoakSystem(seed: number) {
  const dir = await mkdtemp(join(tmpdir(), 'tidings-soak-'));
  const [azurite, vault, microsoft365, port] = await Promise.all([
    startRestartableAzurite({ dir: join(dir, 'storage') }),
    startKeyVault({ dir: join(dir, 'vault') }),
    startMicrosoft365(),
    findFreePort(),
    buildAppIfStale(),
  ]);
  const { connectionString } = azurite;
  await createQueuesAndTables({ connectionString, queues: [...QUEUES, ...POISON_QUEUES], tables: TABLES });
  const secrets = await createSecretsVault({ url: vault.url, ca: vault.ca });
  await ensureKeys(secrets);
  const keys = createKeys({ vault: secrets, names: ['sealing-key'], log: silentLog, now: Date.now });
  await keys.start();
  const storage = await createStorage({ AzureWebJobsStorage: connectionString } as Config);
  const setClock = createClockFile(join(dir, 'clock.json'));
  await setClock({ wall: WALL_START, rate: WALL_RATE });

  const subscriptions = createSubscriptionsTable(storage.table('subscriptions'));
  const due = createDueTable(storage.table('due'));
  const webhookVault = createWebhookVault(secrets);
  const webhookSeal = createWebhookSeal(createSeal(keys.ring('sealing-key')));
  const channels = planChannels(createChances(seed), 'localhost');
  /** Which channel a webhook is of. */
  const channelOf = new Map<string, string>();
  await inParallel(channels.entries(), AT_ONCE, async ([index, channel]: [number, Subscription]) => {
    const { id, account, target } = channel;
    const webhook = microsoft365.api.createWebhook({ kind: target.kind, name: target.name });
    channelOf.set(webhook.id, id);
    await webhookVault.put(id, webhook.url);
    const { sealedWebhook: _, ...bare } = channel;
    const sealedWebhook = webhookSeal.seal(id, webhook.url);
    await subscriptions.create(index % UNSEALED_OF === 0 ? bare : { ...bare, sealedWebhook });
    const row = dueRowOf({ ...channel, account }, WALL_START);
    if (row !== undefined) await due.put(row);
  });

  return {
    dir,
    azurite,
    vault,
    microsoft365,
    storage,
    channels,
    channelOf,
    setClock,
    settings: {
      ...localSettings({ publicUrl: '', microsoft365Url: microsoft365.origin }),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      KEY_VAULT_URL: vault.url,
      NODE_EXTRA_CA_CERTS: vault.caPath,
      CLOCK_FILE: join(dir, 'clock.json'),
      PROTOCOL_TIMES,
    },
    /** Takes the sealed copies of some channels away: their next delivery needs the vault. */
    async unseal(some: readonly Subscription[]): Promise<void> {
      for (const channel of some) {
        const row = await subscriptions.read(channel);
        if (row?.is !== 'present') continue;
        const { sealedWebhook: _, ...bare } = row.subscription;
        await subscriptions.replace(bare, row.etag); // refused, where the product wrote meanwhile: not this one
      }
    },
    async stop(): Promise<void> {
      keys.stop();
      await Promise.all([azurite.stop(), vault.stop(), microsoft365.stop()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
