/**
 * `npx tsx test/releases/record-release.ts VERSION` writes test/fixtures/releases/VERSION.json: the data of a small system in
 * which everything that is stored occurs. Run once for each release whose rows differ, and never again for that release.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectDir } from '../../infra/build-app.ts';
import { startAzurite } from '../../infra/local/azurite.ts';
import { createOnceTable } from '../../shared/identity/once-table.ts';
import { createSeal } from '../../shared/platform/seal.ts';
import { createPauseSubscription } from '../../shared/subscriptions/pause-subscription.ts';
import { createWebhookSeal } from '../../shared/subscriptions/webhook-seal.ts';
import { recogniseWebhook } from '../../shared/subscriptions/webhook-url.ts';
import { webhookSecretName } from '../../shared/subscriptions/webhook-vault.ts';
import { createWebhooksTable } from '../../shared/subscriptions/webhooks-table.ts';
import { anEvent, aSubscription } from '../world/make.ts';
import { aWorld } from '../world/world.ts';
import { type Release, ringOf } from './release.ts';
import { exportTables } from './rows.ts';

const [version = ''] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version))
  throw new Error('Give the version: npx tsx test/releases/record-release.ts 0.1.0');

/** A webhook address that no one ever had. */
function webhookUrl(name: string): string {
  const hex = (length: number) => createHash('sha256').update(name).digest('hex').slice(0, length);
  const guid = `${hex(8)}-0000-4000-8000-${hex(12)}`;
  return `https://example.webhook.office.com/webhookb2/${guid}@${guid}/IncomingWebhook/${hex(32)}/${guid}`;
}

const azurite = await startAzurite({ dir: join(tmpdir(), `tidings-release-${process.pid}`), inMemory: true });
process.env['TEST_STORAGE'] = azurite.connectionString;
const world = await aWorld({ startsAt: '2026-11-23T08:00:00Z' });
const sealingKey = createHash('sha256').update(`sealing key of the fixture of ${version}`).digest('base64url');
const keyId = 'fixture';
const webhookSeal = createWebhookSeal(createSeal(ringOf(keyId, sealingKey)));
const webhooks = createWebhooksTable({
  table: world.storage.table('webhooks'),
  isSubscription: async () => true,
  now: world.clock.now,
});
const vault: Record<string, string> = { 'sealing-key': sealingKey };

async function subscribe(change: Parameters<typeof aSubscription>[0] & { readonly id: string }): Promise<void> {
  const url = webhookUrl(change.id);
  const recognised = recogniseWebhook(url);
  if ('refused' in recognised) throw new Error(recognised.refused);
  await webhooks.claim({ identity: recognised.identity, account: 'acme', id: change.id });
  vault[webhookSecretName(change.id)] = url;
  await world.subscribe(aSubscription({ sealedWebhook: webhookSeal.seal(change.id, url), ...change }));
}

await subscribe({ id: 'sub_daily', owners: [{ tid: 'tenant', oid: 'person' }], createdAt: world.clock.now() });
await subscribe({ id: 'sub_now', schedule: { every: 'now' }, urgentSeverity: 'critical' });
await subscribe({
  id: 'sub_paused',
  schedule: { every: 'month', day: 'last', at: '17:30', timeZone: 'Europe/Berlin' },
});
await subscribe({ id: 'sub_gone' });
const pause = createPauseSubscription(world.deps);
await pause({ account: 'acme', id: 'sub_paused' }, { arriving: 'keep' });
await world.subscriptions.bury({ id: 'sub_gone', account: 'acme', removedAt: world.clock.now(), cleared: true });
await createOnceTable(world.storage.table('once')).claim({
  kind: 'setup-token',
  key: 'jti-1',
  until: world.clock.now() + 3_600_000,
});

// One digest delivered, then events that wait, one of them twice, and a message that is none.
await world.receive([anEvent({ title: 'Delivered before the upgrade' }), anEvent({ title: 'Delivered too' })]);
await world.runUntil('2026-11-23T09:30:00Z');
const waits = anEvent({ title: 'Waits over the upgrade' });
await world.receive([waits, anEvent({ title: 'Waits as well', severity: 'error' })]);
await world.receive(waits);
await world.receive({ nonsense: true });
await world.drain();

const release: Release = {
  version,
  at: new Date(world.clock.now()).toISOString(),
  vault,
  keyId,
  tables: await exportTables(world.storage),
};
const folder = join(projectDir, 'test', 'fixtures', 'releases');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, `${version}.json`), `${JSON.stringify(release, null, 2)}\n`);
console.log(
  Object.entries(release.tables)
    .map(([name, rows]) => `${name}: ${rows.length}`)
    .join(', '),
);
await azurite.stop();
