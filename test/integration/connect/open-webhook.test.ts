/** A subscription's webhook, for posting: from its row without the vault, else from the vault and back into the row. */
import type { KeyVault } from '../../../infra/local/key-vault/server.ts';
import { createOpenWebhook } from '../../../shared/subscriptions/open-webhook.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { aSubscription } from '../../world/make.ts';
import { aConnectVault, aConnectWorld, aWebhookUrl, type ConnectWorld } from './connect-world.ts';

let vault: KeyVault;
let world: ConnectWorld;
beforeAll(async () => {
  vault = await aConnectVault();
  world = await aConnectWorld({ vault });
});
afterAll(() => vault.stop());

function anOpener(read = world.webhookVault.read) {
  return createOpenWebhook({ seal: world.seal, webhookVault: { read }, subscriptions: world.subscriptions });
}

/** A stored subscription whose vault secret is `url`; its row has the copy given. */
async function stored(url: string, sealed: (id: string) => string | undefined): Promise<Subscription> {
  const subscription = aSubscription();
  await world.webhookVault.put(subscription.id, url);
  const whole = { ...subscription, sealedWebhook: sealed(subscription.id) };
  await world.subscriptions.create(whole);
  return whole;
}

async function copyOf(subscription: Subscription): Promise<string | undefined> {
  const row = await world.subscriptions.read(subscription);
  if (row?.is !== 'present' || row.subscription.sealedWebhook === undefined) return undefined;
  return world.webhookSeal.open(subscription.id, row.subscription.sealedWebhook);
}

it('asks the vault for nothing while the row’s copy opens', async () => {
  const url = aWebhookUrl();
  const subscription = await stored(url, (id) => world.webhookSeal.seal(id, url));
  const before = vault.requests.length;

  const webhook = await anOpener()(subscription);

  expect(webhook).toEqual({ kind: 'connector', url });
  expect(vault.requests).toHaveLength(before);
});

it.each<[string, (id: string) => string | undefined]>([
  ['is missing', () => undefined],
  ['is of a key that is gone', () => 'v1.gone.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['is another subscription’s', () => world.webhookSeal.seal('sub_other', aWebhookUrl())],
])('reads the vault when the copy %s, and puts a fresh one into the row', async (_what, sealed) => {
  const url = aWebhookUrl();
  const subscription = await stored(url, sealed);

  const webhook = await anOpener()(subscription);

  expect(webhook.url).toBe(url);
  expect(await copyOf(subscription)).toBe(url);
});

it('leaves the row alone when it changed meanwhile: whoever changes a webhook changes the row first', async () => {
  const [old, fresh] = [aWebhookUrl(), aWebhookUrl()];
  const subscription = await stored(old, () => undefined);
  const open = anOpener(async (id) => {
    const url = await world.webhookVault.read(id);
    const row = await world.subscriptions.read(subscription);
    const sealedWebhook = world.webhookSeal.seal(id, fresh);
    await world.subscriptions.replace({ ...subscription, sealedWebhook }, row?.etag ?? '');
    return url;
  });

  const webhook = await open(subscription);

  expect(webhook.url).toBe(old);
  expect(await copyOf(subscription)).toBe(fresh);
});

it('takes its copy back when the vault changed between reading and writing', async () => {
  const [old, fresh] = [aWebhookUrl(), aWebhookUrl()];
  const subscription = await stored(old, () => undefined);
  let reads = 0;
  const open = anOpener(async (id) => {
    reads += 1;
    const url = await world.webhookVault.read(id);
    if (reads === 1) await world.webhookVault.put(id, fresh);
    return url;
  });

  const webhook = await open(subscription);

  expect(webhook.url).toBe(fresh);
  expect(await copyOf(subscription)).toBeUndefined();
});

it('does not write under a tombstone', async () => {
  const url = aWebhookUrl();
  const subscription = await stored(url, () => undefined);
  await world.subscriptions.bury({ id: subscription.id, account: subscription.account, removedAt: 0 });

  const webhook = await anOpener()(subscription);

  expect(webhook.url).toBe(url);
  expect(await world.subscriptions.read(subscription)).toMatchObject({ is: 'removed' });
});

it('says that the webhook is missing when the vault has none, to be tried again', async () => {
  const subscription = aSubscription();

  const opening = anOpener()(subscription);

  await expect(opening).rejects.toMatchObject({
    code: 'unavailable',
    retryable: true,
    subscriptionId: subscription.id,
  });
});
