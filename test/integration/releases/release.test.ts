/** Data as a release left it, under the code of today. A row that cannot be read here cannot be read after an upgrade. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createDigestLinks } from '../../../shared/cards/digest-links.ts';
import { collectEvents } from '../../../shared/cards/page/collect-events.ts';
import { createFindDigest } from '../../../shared/cards/page/find-digest.ts';
import { createDigestsTable } from '../../../shared/digests/digests-table.ts';
import { createInboxTable } from '../../../shared/events/inbox-table.ts';
import { createSignedTokens } from '../../../shared/identity/signed-token.ts';
import { createSeal } from '../../../shared/platform/seal.ts';
import { createEditSubscription } from '../../../shared/subscriptions/edit-subscription.ts';
import { createOpenWebhook } from '../../../shared/subscriptions/open-webhook.ts';
import { createResumeSubscription } from '../../../shared/subscriptions/resume-subscription.ts';
import { recogniseWebhook } from '../../../shared/subscriptions/webhook-url.ts';
import { webhookSecretName } from '../../../shared/subscriptions/webhook-vault.ts';
import { createWebhooksTable } from '../../../shared/subscriptions/webhooks-table.ts';
import { readRelease, ringOf } from '../../releases/release.ts';
import { exportTables, importTables } from '../../releases/rows.ts';
import { freshStorage } from '../../world/storage.ts';
import { aWorld, type World } from '../../world/world.ts';

const versions = readdirSync(join(__dirname, '../../fixtures/releases')).map((name) => name.replace('.json', ''));

describe.each(versions)('the data of release %s', (version) => {
  const release = readRelease(version);
  let world: World;
  beforeAll(async () => {
    const storage = await freshStorage();
    await importTables(storage, release.tables);
    world = await aWorld({ storage, startsAt: release.at });
  });

  const daily = { account: 'acme', id: 'sub_daily' };
  const webhookOf = (id: string) => release.vault[webhookSecretName(id)] ?? '';

  it('loads as it was stored, every row with its version', async () => {
    const loaded = await exportTables(world.storage);

    expect(loaded).toEqual(release.tables);
    expect(
      Object.values(release.tables)
        .flat()
        .filter(({ v }) => typeof v !== 'number'),
    ).toEqual([]);
  });

  it('opens the webhook that was sealed then, without the vault', async () => {
    const row = await world.subscriptions.read(daily);
    const seal = createSeal(ringOf(release.keyId, release.vault['sealing-key'] ?? ''));
    const openWebhook = createOpenWebhook({
      seal,
      webhookVault: { read: async () => undefined },
      subscriptions: world.subscriptions,
    });

    const webhook = row?.is === 'present' ? await openWebhook(row.subscription) : undefined;

    expect(webhook?.url).toBe(webhookOf('sub_daily'));
  });

  it('keeps a webhook for the subscription that had claimed it', async () => {
    const isSubscription = async () => true;
    const webhooks = createWebhooksTable({
      table: world.storage.table('webhooks'),
      isSubscription,
      now: world.clock.now,
    });
    const recognised = recogniseWebhook(webhookOf('sub_daily'));
    const identity = 'refused' in recognised ? '' : recognised.identity;

    expect(await webhooks.claim({ identity, account: 'acme', id: 'sub_other' })).toBe('taken');
    expect(await webhooks.claim({ identity, ...daily })).toBe('claimed');
  });

  it('shows the page of a digest that was delivered then', async () => {
    const inbox = createInboxTable(world.storage.table('inbox'));
    const digests = createDigestsTable(world.storage.table('digests'));
    const [record] = (release.tables['digests'] ?? []).filter(({ partitionKey }) => partitionKey === 'sub_daily');
    const { sequence } = JSON.parse(String(record?.['record'])) as { sequence: number };
    const id = `sub_daily_${sequence}`;
    const tokens = createSignedTokens({
      keys: ringOf('signing', Buffer.alloc(32, 1).toString('base64url')),
      now: world.clock.now,
    });
    const links = createDigestLinks(tokens, 'https://tidings.example');
    const { digest } = await links.linksTo({ account: 'acme', digest: id }, world.clock.now());
    const findDigest = createFindDigest({ links, digests, subscriptions: world.subscriptions });

    const found = await findDigest('digest', id, new URL(digest).searchParams.get('t'));
    const pages = inbox.listPages({
      subscriptionId: found.subscriptionId,
      digestId: id,
      from: found.record.firstPage ?? 0,
      to: found.record.lastPage,
    });
    const { events } = await collectEvents(pages, { from: undefined, wants: () => true });

    expect(events.map(({ event }) => event.data.title)).toEqual(['Delivered before the upgrade', 'Delivered too']);
  });

  it('delivers what waited, once, at its time; to nobody whose subscription was removed', async () => {
    await world.runUntil('2026-11-24T09:30:00Z');

    expect(world.posted.map(({ subscriptionId, titles }) => [subscriptionId, [...titles].sort()])).toEqual([
      ['sub_daily', ['Waits as well', 'Waits over the upgrade']],
    ]);
  });

  it('can be changed: a schedule, and a pause that ends', async () => {
    const before = world.posted.length;
    const edit = createEditSubscription(world.deps);
    const resume = createResumeSubscription(world.deps);

    const edited = await edit(daily, { schedule: { every: 'week', day: 'fri', at: '08:00', timeZone: 'UTC' } });
    await resume({ account: 'acme', id: 'sub_paused' });
    await edit({ account: 'acme', id: 'sub_paused' }, { schedule: { every: 'now' } });
    await world.runUntil('2026-11-24T10:00:00Z');

    expect(edited).toMatchObject({ revision: 2, schedule: { every: 'week' } });
    expect(world.posted.slice(before).map(({ subscriptionId, count }) => [subscriptionId, count])).toEqual([
      ['sub_paused', 4],
    ]);
  });
});
