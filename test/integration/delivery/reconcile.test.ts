/** The hourly net: what it mends, and what it leaves alone. */
import { createReconcile } from '../../../shared/delivery/reconcile.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';

const DAY = 24 * 3_600_000;

const reconcile = (world: World) => createReconcile(world.deps)();

async function rowsOf(world: World): Promise<[string, number][]> {
  const rows: [string, number][] = [];
  for await (const { subscriptionId, revision } of world.deps.due.listAll()) rows.push([subscriptionId, revision]);
  return rows;
}

async function pagesOf(world: World): Promise<number> {
  let pages = 0;
  for await (const row of world.storage.table('inbox').listEntities()) if (row.rowKey !== '!head') pages += 1;
  return pages;
}

describe('reconcile', () => {
  it('finds nothing to do where all is well', async () => {
    const world = await aWorld();
    await world.subscribe(aSubscription());
    await world.receive(anEvent());

    expect(await reconcile(world)).toMatchObject({
      subscriptions: 1,
      dueRowsMissing: 0,
      dueRowsStale: 0,
      channelsWoken: 0,
      pagesDeleted: 0,
    });
  });

  it('inserts the due row of a subscription that has none of its revision, and removes older ones', async () => {
    const world = await aWorld();
    const subscription = await world.subscribe(aSubscription());
    const row = await world.subscriptions.read(subscription);
    await world.subscriptions.replace({ ...subscription, revision: 2 }, row?.etag ?? '');

    expect(await reconcile(world)).toMatchObject({ dueRowsMissing: 1, dueRowsStale: 1 });
    expect(await rowsOf(world)).toEqual([[subscription.id, 2]]);
  });

  it('wakes an immediate channel whose wake was lost', async () => {
    const world = await aWorld();
    await world.subscribe(aSubscription({ schedule: { every: 'now' } }));
    await world.receive(anEvent({ title: 'forgotten' }));
    world.queue.lose();

    expect(await reconcile(world)).toMatchObject({ channelsWoken: 1 });
    await world.drain();
    expect(world.posted.map(({ titles }) => titles)).toEqual([['forgotten']]);
  });

  it('wakes a digest whose retry was lost, once it is late', async () => {
    const world = await aWorld();
    await world.subscribe(aSubscription({ schedule: { every: 'now' } }));
    world.answers.push({ is: 'answered', status: 500, body: '' });
    await world.receive(anEvent());
    await world.drain();
    world.queue.lose();

    const early = await reconcile(world);
    world.clock.advance(20 * 60_000);
    const late = await reconcile(world);
    await world.drain();

    expect([early.channelsWoken, late.channelsWoken]).toEqual([0, 1]);
    expect(world.posted).toHaveLength(2);
  });

  it('keeps the pages of a digest for 31 days after it, and waiting ones for 45', async () => {
    const world = await aWorld();
    await world.subscribe(aSubscription());
    await world.receive(anEvent());
    await world.runUntil('2026-11-23T09:02:00Z');
    await world.receive(anEvent());
    const paused = await world.subscribe(aSubscription({ state: { is: 'paused', arriving: 'keep' } }));
    await world.receive(anEvent());

    world.clock.advance(31 * DAY - 3_600_000);
    await reconcile(world);
    const before = await pagesOf(world);
    world.clock.advance(2 * 3_600_000);
    await reconcile(world);
    const after31 = await pagesOf(world);
    world.clock.advance(14 * DAY);
    await reconcile(world);

    expect(before).toBe(4);
    expect(after31).toBe(3);
    expect(await world.waiting(paused.id)).toEqual([]);
  });

  it('clears what stands under a tombstone, later than every cache, and the tombstone after 31 days', async () => {
    const world = await aWorld();
    const { id, account } = await world.subscribe(aSubscription());
    await world.receive(anEvent());
    await world.subscriptions.bury({ id, account, removedAt: world.clock.now() });

    await reconcile(world);
    const soon = await pagesOf(world);
    world.clock.advance(16 * 60_000);
    await reconcile(world);
    const later = [await pagesOf(world), await rowsOf(world), (await world.subscriptions.read({ account, id }))?.is];
    world.clock.advance(31 * DAY);
    await reconcile(world);

    expect(soon).toBe(1);
    expect(later).toEqual([0, [], 'removed']);
    expect(await world.subscriptions.read({ account, id })).toBeUndefined();
  });
});
