/** `subscriptions`, `deliveries`, `accounts`, `status` and `emit`, on real tables, queues and the embedded vault. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeyVault, startKeyVault } from '../../../infra/local/key-vault/server.ts';
import { createAccountScopesTable } from '../../../shared/identity/account-scopes-table.ts';
import { createSecretsVault } from '../../../shared/platform/secrets-vault.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { newSubscriptionId } from '../../../shared/subscriptions/subscription-id.ts';
import { createWebhookVault } from '../../../shared/subscriptions/webhook-vault.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';
import { makeQueues, opsOn, someStores } from './ops-world.ts';

const CANARY = 'canary-7f21';
let keyVault: KeyVault;
beforeAll(async () => {
  keyVault = await startKeyVault({ now: Date.now });
});
afterAll(() => keyVault.stop());

let ids = 0;
const anId = () => newSubscriptionId(Uint8Array.from({ length: 16 }, (_, byte) => (byte === 0 ? ++ids : 7)));

async function aSystem() {
  const world = await aWorld();
  await makeQueues(world.storage);
  const vault = await createSecretsVault({ url: keyVault.url, ca: keyVault.ca });
  const stores = { ...someStores(world.storage, world.clock), vault };
  const subscribe = async (change: Partial<Subscription> = {}) => {
    const subscription = await world.subscribe(aSubscription({ id: anId(), owners: [{ sub: 'ada' }], ...change }));
    await createWebhookVault(vault).put(subscription.id, `https://outlook.office.com/webhook/${CANARY}`);
    return subscription;
  };
  const read = async (key: Subscription) => {
    const row = await world.subscriptions.read(key);
    return row?.is === 'present' ? row.subscription : undefined;
  };
  return { world, ops: opsOn(stores), subscribe, read, stores };
}

/** What the product was told, by the types. */
async function toldOf({ storage }: World) {
  const { peekedMessageItems } = await storage.queue('connector-events').peekMessages({ numberOfMessages: 32 });
  return peekedMessageItems.map(({ messageText }) => {
    const { type, data } = JSON.parse(messageText);
    return [type.replace('tidings.subscription.', ''), data.by];
  });
}

describe('subscriptions', () => {
  it('are listed, by account and state, and shown, without the webhook', async () => {
    const { ops, subscribe, world } = await aSystem();
    const one = await subscribe();
    const paused = await subscribe({ account: 'other', state: { is: 'paused', arriving: 'drop' } });
    await world.receive([anEvent(), { ...anEvent(), account: 'other' }]);

    const all = await ops('subscriptions', 'list');
    const some = await ops('subscriptions', 'list', '--state', 'paused', '--json');
    const shown = await ops('subscriptions', 'show', one.id);
    const dropping = await ops('subscriptions', 'show', paused.id, '--json');

    expect(all.out).toContain(`${one.id}  acme`);
    expect(all.out).toContain('every day at 09:00 (UTC)');
    expect(JSON.parse(some.out).map(({ id }: { id: string }) => id)).toEqual([paused.id]);
    expect(shown.out).toMatch(/waiting +1 events\nnext due +2026-11-23 09:00:00Z/);
    expect(JSON.parse(dropping.out)).toMatchObject({ state: 'paused', dropped: { paused: 1 }, waiting: { events: 0 } });
    expect(all.out + some.out + shown.out + dropping.out).not.toMatch(/canary|sealed/);
  });

  it('are paused and resumed, and the product is told who did it', async () => {
    const { ops, subscribe, read, world } = await aSystem();
    const one = await subscribe();

    const paused = await ops('subscriptions', 'pause', one.id, '--until', '2d', '--drop');
    const during = await read(one);
    const resumed = await ops('subscriptions', 'resume', one.id, '--json');

    expect(paused.out).toContain('paused until 2026-11-25 08:00:00Z, drops what arrives');
    expect(during?.state).toEqual({ is: 'paused', arriving: 'drop', until: Date.parse('2026-11-25T08:00:00Z') });
    expect(JSON.parse(resumed.out)).toMatchObject({ state: 'active' });
    expect(await toldOf(world)).toEqual([
      ['paused', 'operator'],
      ['resumed', 'operator'],
    ]);
  });

  it('are disabled until enabled: nothing goes out, what comes waits, and goes out then', async () => {
    const { ops, subscribe, read, world } = await aSystem();
    const one = await subscribe();
    await ops('subscriptions', 'disable', one.id, '--reason', 'Posts to the wrong room.');
    await world.receive(anEvent({ title: 'kept' }));
    await world.runUntil('2026-12-10T10:00:00Z');
    const before = world.posted.length;

    const refused = await ops('subscriptions', 'resume', one.id);
    await ops('subscriptions', 'enable', one.id);
    await world.runUntil('2026-12-11T10:00:00Z');

    expect(before).toBe(0);
    expect(refused).toMatchObject({ exitCode: 2, err: expect.stringContaining('subscriptions enable') });
    expect(world.posted.map(({ titles }) => titles)).toEqual([['kept']]);
    expect((await read(one))?.state).toEqual({ is: 'active' });
    expect((await toldOf(world)).map(([what]) => what)).toEqual(['disabled', 'resumed']);
  });

  it('go to another owner, who takes the place of the others or joins them', async () => {
    const { ops, subscribe, read } = await aSystem();
    const one = await subscribe();
    const entra = '11111111-1111-4111-8111-111111111111/22222222-2222-4222-8222-222222222222';

    const unasked = await ops('subscriptions', 'transfer', one.id, '--to', 'sub:ben');
    await ops('subscriptions', 'transfer', one.id, '--to', entra, '--keep');
    const joined = (await read(one))?.owners;
    await ops('subscriptions', 'transfer', one.id, '--to', 'sub:ben', '--yes');
    const nobody = await ops('subscriptions', 'transfer', one.id, '--to', 'ben');

    expect(unasked.exitCode).toBe(2);
    expect(joined).toHaveLength(2);
    expect((await read(one))?.owners).toEqual([{ sub: 'ben' }]);
    expect(nobody).toMatchObject({ exitCode: 2, err: expect.stringContaining('names nobody') });
  });

  it('are removed once that is confirmed, with the webhook', async () => {
    const { ops, subscribe, world, stores } = await aSystem();
    const one = await subscribe();

    const unasked = await ops('subscriptions', 'remove', one.id);
    const removed = await ops('subscriptions', 'remove', one.id, '--yes', '--json');
    const again = await ops('subscriptions', 'show', one.id);

    expect([unasked.exitCode, removed.exitCode]).toEqual([2, 0]);
    expect(JSON.parse(removed.out)).toEqual({ id: one.id, account: 'acme', state: 'removed' });
    expect(await createWebhookVault(stores.vault).read(one.id)).toBeUndefined();
    expect(again).toMatchObject({ exitCode: 2, err: expect.stringContaining('was removed at') });
    expect(await toldOf(world)).toEqual([['removed', 'operator']]);
  });

  it('that do not exist are said to', async () => {
    const { ops } = await aSystem();

    expect(await ops('subscriptions', 'show', 'sub_1')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('sub_ and 32 hexadecimal digits'),
    });
  });
});

describe('deliveries', () => {
  it('are a channel’s timeline, without the addresses of its pages; 1 when the newest did not arrive', async () => {
    const { ops, subscribe, world } = await aSystem();
    const one = await subscribe({ schedule: { every: 'now' } });
    const none = await ops('deliveries', one.id);
    await world.receive(anEvent());
    await world.drain();
    const well = await ops('deliveries', one.id);
    world.answers.push({ is: 'answered', status: 500, body: '' });
    world.clock.advance(60_000);
    await world.receive(anEvent());
    await world.drain();

    const failing = await ops('deliveries', one.id);
    const json = await ops('deliveries', one.id, '--json');

    expect(none.out).toBe('Nothing was delivered yet.\n');
    expect(well).toMatchObject({ exitCode: 0, out: expect.stringMatching(/1 +delivered +1/) });
    expect(failing).toMatchObject({ exitCode: 1, out: expect.stringContaining('The webhook answered 500. Again at') });
    expect(JSON.parse(json.out).deliveries[0]).not.toHaveProperty('page');
  });
});

describe('accounts', () => {
  it('are exported to a file that nobody else can read, and never over another', async () => {
    const { ops, subscribe } = await aSystem();
    const one = await subscribe();
    const dir = await mkdtemp(join(tmpdir(), 'tidings-export-'));
    const file = join(dir, 'acme.json');

    const first = await ops('accounts', 'export', 'acme', '--out', file);
    const second = await ops('accounts', 'export', 'acme', '--out', file);
    const text = await readFile(file, 'utf8');
    const { mode } = await stat(file);
    await rm(dir, { recursive: true });

    expect([first.exitCode, second.exitCode]).toEqual([0, 2]);
    expect(JSON.parse(text).subscriptions).toMatchObject([{ id: one.id, owners: [{ sub: 'ada' }] }]);
    expect(text).not.toMatch(/canary|sealed/);
    expect(mode & 0o077).toBe(0);
  });

  it('are forgotten once that is confirmed', async () => {
    const { ops, subscribe, read, world } = await aSystem();
    const one = await subscribe();
    const other = await subscribe({ account: 'other' });
    const scopes = createAccountScopesTable(world.storage.table('accounts'));
    await scopes.replace('acme', [{ id: 'a', name: 'A' }]);

    const unasked = await ops('accounts', 'forget', 'acme');
    const done = await ops('accounts', 'forget', 'acme', '--yes', '--json');

    expect(unasked).toMatchObject({ exitCode: 2, err: expect.stringContaining('1 channel') });
    expect([done.exitCode, JSON.parse(done.out)]).toEqual([0, { account: 'acme', channels: 1 }]);
    expect([await read(one), await scopes.list('acme')]).toEqual([undefined, []]);
    expect(await read(other)).toBeDefined();
  });
});

describe('status', () => {
  it('ends with 0 and says so where all is well', async () => {
    const { ops, subscribe, world } = await aSystem();
    await subscribe();
    await world.receive([anEvent(), anEvent()]);

    const { out, exitCode } = await ops('status');

    expect(exitCode).toBe(0);
    expect(out).toMatch(/channels +1 active\n/);
    expect(out).toMatch(/waiting +2 events in 1 channel\n/);
    expect(out).toMatch(/late +nothing/);
    expect(out).toContain('All is well.');
  });

  it('says what to look at: poison, what is late, dead letters, disabled and failing channels, drops', async () => {
    const { ops, subscribe, world } = await aSystem();
    const state = { is: 'disabled', reason: 'The webhook was removed.', since: 0, nextProbe: 9e12 } as const;
    await subscribe({ state });
    await subscribe({ schedule: { every: 'now' } });
    await subscribe({ state: { is: 'paused', arriving: 'drop' } });
    await subscribe();
    world.answers.push({ is: 'answered', status: 429, body: '' });
    await world.receive([anEvent(), 'no event']);
    await world.drain();
    await world.storage.queue('events-poison').sendMessage('{}');
    world.clock.advance(3_600_000 + 300_000);

    const { out, exitCode } = await ops('status');
    const json = JSON.parse((await ops('status', '--json')).out);

    expect(exitCode).toBe(1);
    expect(out).toContain('events-poison holds 1 message');
    expect(out).toContain('1 digest late, by 5 min');
    expect(out).toContain('1 dead letter: see');
    expect(out).toMatch(/disabled\n {2}1 × The webhook was removed\./);
    expect(out).toMatch(/failing\n {2}1 × The webhook asked us to slow down\./);
    expect(json).toMatchObject({ outcomes: { throttled: 1 }, deadLetters: { invalid: 1 }, dropped: { paused: 1 } });
    expect(json.lookAt).toHaveLength(5);
  });
});

describe('emit', () => {
  it('puts events on the queue, checked, from standard input', async () => {
    const { world, stores } = await aSystem();
    const stdin = (async function* () {
      yield JSON.stringify([anEvent({ title: 'sent' })]);
    })();

    const sent = await opsOn(stores, { stdin })('emit', '-');
    const help = await opsOn(stores)('emit', '--help');
    const wrong = await opsOn(stores)('emit', '--samples');

    const { peekedMessageItems } = await world.storage.queue('events').peekMessages();
    expect(sent).toMatchObject({ exitCode: 0, out: 'sent 1 event in 1 message to events\n' });
    expect(peekedMessageItems.map(({ messageText }) => JSON.parse(messageText).data.title)).toEqual(['sent']);
    expect(help.out).toContain('--sample TYPE');
    expect(wrong.exitCode).toBe(2);
  });
});
