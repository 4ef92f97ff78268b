import { createReconcile } from '../../../shared/delivery/reconcile.ts';
import { createEditSubscription } from '../../../shared/subscriptions/edit-subscription.ts';
import { createPauseSubscription } from '../../../shared/subscriptions/pause-subscription.ts';
import { createRemoveSubscription } from '../../../shared/subscriptions/remove-subscription.ts';
import { aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';

const PAUSE = { arriving: 'keep' } as const;
const QUEUE_AWAY = { put: () => Promise.reject(new Error('the queue is away')) };

async function untoldOf({ subscriptions }: World, key: { account: string; id: string }) {
  const row = await subscriptions.read(key);
  return row?.is === 'present' ? row.subscription.untold : row?.tombstone.untold;
}

/** The world's deps with a telling whose queue does not answer: the row is written, nobody is told. */
async function withQueueAway(world: World) {
  const { createTellProduct } = await import('../../../shared/subscriptions/tell-product.ts');
  const tellProduct = createTellProduct({ ...world.deps, connectorEvents: QUEUE_AWAY, publicUrl: 'https://x.example' });
  return { ...world.deps, tellProduct };
}

it('tells the product of a pause, once, and forgets what it told', async () => {
  const world = await aWorld();
  const subscription = await world.subscribe(aSubscription());

  await createPauseSubscription(world.deps)(subscription, PAUSE);

  expect(world.told.map(({ id, type }) => [id, type])).toEqual([
    [`${subscription.id}.2.paused`, 'tidings.subscription.paused'],
  ]);
  expect(await untoldOf(world, subscription)).toBeUndefined();
});

it('keeps what it could not tell, and the hourly net tells it with the same id', async () => {
  const world = await aWorld();
  const subscription = await world.subscribe(aSubscription());
  const pausing = createPauseSubscription(await withQueueAway(world))(subscription, PAUSE);
  await expect(pausing).rejects.toThrow('the queue is away');

  const found = await createReconcile(world.deps)();

  expect(found.untold).toBe(1);
  expect(world.told.map(({ id }) => id)).toEqual([`${subscription.id}.2.paused`]);
  expect(await untoldOf(world, subscription)).toBeUndefined();
});

it('tells with the next change what was left of the one before, in their order', async () => {
  const world = await aWorld();
  const subscription = await world.subscribe(aSubscription());
  await createPauseSubscription(await withQueueAway(world))(subscription, PAUSE).catch(() => {});

  await createEditSubscription(world.deps)(subscription, { locale: 'de' });

  expect(world.told.map(({ type }) => type)).toEqual(['tidings.subscription.paused', 'tidings.subscription.changed']);
});

it('tells of a removal after all that came before it, at the latest by the hourly net', async () => {
  const world = await aWorld();
  const subscription = await world.subscribe(aSubscription());
  const away = await withQueueAway(world);
  const webhooks = { release: async () => {} };
  const webhookVault = { read: async () => undefined, remove: async () => {} };
  await createPauseSubscription(away)(subscription, PAUSE).catch(() => {});
  const removing = createRemoveSubscription({ ...away, webhooks, webhookVault, extraHosts: [] })(subscription);
  await expect(removing).rejects.toThrow('the queue is away');

  await createRemoveSubscription({ ...world.deps, webhooks, webhookVault, extraHosts: [] })(subscription);

  expect(world.told.map(({ id }) => id)).toEqual([`${subscription.id}.2.paused`, `${subscription.id}.removed`]);
  expect(await untoldOf(world, subscription)).toBeUndefined();
});
