/** What waits too long or is too much: dropped on purpose, the oldest first, and counted. */
import { createReconcile } from '../../../shared/delivery/reconcile.ts';
import { NEW_HEAD } from '../../../shared/digests/head.ts';
import { WAITING_PAGES_MS } from '../../../shared/platform/retention.ts';
import { viewOf } from '../../../shared/subscriptions/subscription-view.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';

/** Receives messages of so many events each, a second apart. */
async function receiveMany(world: World, ...counts: readonly number[]): Promise<void> {
  for (const [message, count] of counts.entries()) {
    await world.receive(Array.from({ length: count }, (_, event) => anEvent({ title: `${message}.${event}` })));
    world.clock.advance(1_000);
  }
}

describe('a channel with more events than may wait', () => {
  it('loses the oldest, whole pages of them, and the run says how many', async () => {
    const world = await aWorld();
    const { id } = await world.subscribe(aSubscription());
    await receiveMany(world, 2, 3, 4);

    const found = await createReconcile(world.deps, { maxWaiting: 6 })();

    expect(found).toMatchObject({ pagesDeleted: 2, eventsDropped: 5 });
    expect(await world.waiting(id)).toEqual(['2.0', '2.1', '2.2', '2.3']);
  });

  it('loses nothing while there are just as many as may', async () => {
    const world = await aWorld();
    const { id } = await world.subscribe(aSubscription());
    await receiveMany(world, 2, 3, 4);

    const found = await createReconcile(world.deps, { maxWaiting: 9 })();

    expect(found).toMatchObject({ pagesDeleted: 0, eventsDropped: 0 });
    expect(await world.waiting(id)).toHaveLength(9);
  });

  it('keeps a page that a digest claims at that moment', async () => {
    const world = await aWorld();
    const { id } = await world.subscribe(aSubscription());
    await receiveMany(world, 2, 3);
    const { inbox } = world.deps;
    async function* claimedMeanwhile(subscriptionId: string) {
      for await (const page of inbox.listOpen(subscriptionId)) {
        const { head, etag } = await world.deps.heads.read(id);
        await world.deps.heads.write(id, head, etag, [{ key: page.key, digestId: `${id}_1`, skip: undefined }]);
        yield page;
      }
    }
    let looks = 0;
    const listOpen = (subscriptionId: string) =>
      looks++ === 0 ? inbox.listOpen(subscriptionId) : claimedMeanwhile(subscriptionId);

    const found = await createReconcile({ ...world.deps, inbox: { ...inbox, listOpen } }, { maxWaiting: 1 })();

    expect(found).toMatchObject({ pagesDeleted: 0, eventsDropped: 0 });
  });
});

describe('what was dropped', () => {
  it('is counted in the health of its channel, run after run', async () => {
    const world = await aWorld();
    const { id } = await world.subscribe(aSubscription());
    await receiveMany(world, 2, 3, 4);

    await createReconcile(world.deps, { maxWaiting: 6 })();
    await createReconcile(world.deps, { maxWaiting: 6 })();
    await receiveMany(world, 5);
    await createReconcile(world.deps, { maxWaiting: 6 })();

    const { health } = (await world.deps.heads.read(id)).head;
    expect(health).toEqual({ dropped: 9, droppedAt: world.clock.now(), droppedBecause: 'too-many' });
    expect(await world.waiting(id)).toHaveLength(5);
  });

  it('says that it waited too long where it did, and the API shows it', async () => {
    const world = await aWorld();
    const subscription = await world.subscribe(aSubscription({ state: { is: 'paused', arriving: 'keep' } }));
    await receiveMany(world, 2, 3);
    world.clock.advance(WAITING_PAGES_MS - 2_500);
    await receiveMany(world, 4);

    const found = await createReconcile(world.deps)();
    const { health } = (await world.deps.heads.read(subscription.id)).head;

    expect(found.eventsDropped).toBe(2);
    expect(viewOf(subscription, health).health.dropped).toEqual({
      events: 2,
      at: new Date(world.clock.now()).toISOString(),
      because: 'waited',
    });
  });

  it('is counted once, and goes out to nobody, when the run dies before it deleted anything', async () => {
    const world = await aWorld();
    const { id } = await world.subscribe(aSubscription());
    await receiveMany(world, 2, 3);
    const { inbox } = world.deps;
    const deletePage = () => Promise.reject(new Error('died'));

    await createReconcile({ ...world.deps, inbox: { ...inbox, deletePage } }, { maxWaiting: 3 })();
    await createReconcile(world.deps, { maxWaiting: 3 })();
    await world.runUntil('2026-11-23T09:01:00Z');

    expect(world.posted.map(({ titles }) => titles)).toEqual([['1.0', '1.1', '1.2']]);
    expect((await world.deps.heads.read(id)).head.health.dropped).toBe(2);
  });

  it('is nothing of a channel that is being worked on', async () => {
    const world = await aWorld();
    const { id } = await world.subscribe(aSubscription());
    await receiveMany(world, 2, 3);
    const lease = { nonce: 'another', ends: world.clock.realNow() + 180_000 };
    await world.deps.heads.write(id, { ...NEW_HEAD, lease }, undefined);

    const found = await createReconcile(world.deps, { maxWaiting: 1 })();

    expect(found).toMatchObject({ pagesDeleted: 0, eventsDropped: 0 });
    expect(await world.waiting(id)).toHaveLength(5);
  });
});

describe('a channel that cannot be mended', () => {
  it('does not keep the net from the others', async () => {
    const world = await aWorld();
    const bad = await world.subscribe(aSubscription());
    const good = await world.subscribe(aSubscription({ schedule: { every: 'now' } }));
    await world.receive(anEvent());
    world.queue.lose();
    const heads = {
      ...world.deps.heads,
      async read(id: string) {
        if (id === bad.id) throw new Error('not a head');
        return world.deps.heads.read(id);
      },
    };

    const found = await createReconcile({ ...world.deps, heads })();

    expect(found).toMatchObject({ failed: 1, channelsWoken: 1 });
    expect(world.queue.messages.map(({ job }) => job.subscriptionId)).toEqual([good.id]);
  });
});
