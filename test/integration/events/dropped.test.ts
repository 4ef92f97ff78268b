/** What was dropped on purpose leaves a note, which says why and how many. */
import { createReconcile } from '../../../shared/delivery/reconcile.ts';
import { identityOf } from '../../../shared/events/event-identity.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';

const DAY = 24 * 3_600_000;

async function notesOf({ deps }: World, id: string) {
  const notes = [];
  for await (const { because, count, identities } of deps.dropped.list(id))
    notes.push({ because, count, identities: Buffer.from(identities).toString('hex') });
  return notes;
}

it('notes what a pause drops, together as it came, and stores none of it', async () => {
  const world = await aWorld();
  const { id } = await world.subscribe(aSubscription({ state: { is: 'paused', arriving: 'drop' } }));
  const events = [anEvent(), anEvent()];

  await world.receive(events);

  const identities = Buffer.concat(events.map(identityOf)).toString('hex');
  expect(await notesOf(world, id)).toEqual([{ because: 'paused', count: 2, identities }]);
  expect(await world.waiting(id)).toEqual([]);
});

it('notes what waited too long, and apart from it what was too much', async () => {
  const world = await aWorld();
  const { id } = await world.subscribe(aSubscription({ state: { is: 'paused', arriving: 'keep' } }));
  await world.receive([anEvent(), anEvent()]);
  world.clock.advance(46 * DAY);
  await world.receive(anEvent());
  world.clock.advance(1_000);
  await world.receive(anEvent());

  await createReconcile(world.deps, { maxWaiting: 1 })();

  expect((await notesOf(world, id)).map(({ because, count }) => [because, count])).toEqual([
    ['waited', 2],
    ['too-many', 1],
  ]);
});

it('keeps a note for 31 days, and no longer than the channel', async () => {
  const world = await aWorld();
  const dropping = () => world.subscribe(aSubscription({ state: { is: 'paused', arriving: 'drop' } }));
  const [kept, removed] = [await dropping(), await dropping()];
  await world.receive(anEvent());
  await world.subscriptions.bury({ id: removed.id, account: 'acme', removedAt: world.clock.now() });
  const notes = async () => [(await notesOf(world, kept.id)).length, (await notesOf(world, removed.id)).length];

  world.clock.advance(30 * DAY);
  await createReconcile(world.deps)();
  const after30 = await notes();
  world.clock.advance(2 * DAY);
  await createReconcile(world.deps)();

  expect(after30).toEqual([1, 0]);
  expect(await notes()).toEqual([0, 0]);
});
