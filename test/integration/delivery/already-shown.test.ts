/** Urgent events are told at once; the next digest says how many were, once. */
import type { DeliveryDeps } from '../../../shared/delivery/delivery-deps.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';

const drawCard: DeliveryDeps['drawCard'] = async (summary, digest) =>
  JSON.stringify({
    count: summary.total,
    titles: [`${summary.total} new, ${digest.alreadyShown ?? 0} shown`],
    style: '',
  });

async function aChannel(change: Partial<Subscription> = {}) {
  const world = await aWorld({ deps: { drawCard } });
  await world.subscribe(aSubscription({ urgentSeverity: 'error', ...change }));
  return world;
}

async function urgent(world: World, count: number): Promise<void> {
  for (let event = 0; event < count; event++) {
    await world.receive(anEvent({ severity: 'critical' }));
    await world.drain();
    world.clock.advance(6_000);
    await world.drain();
  }
}

const said = ({ posted }: World) => posted.map(({ titles }) => titles[0]);

it('says in the next digest how many urgent cards have shown, and in the one after it nothing', async () => {
  const world = await aChannel();
  await urgent(world, 2);
  await world.receive(anEvent());
  await world.runUntil('2026-11-23T09:01:00Z');
  await world.receive(anEvent());
  await world.runUntil('2026-11-24T09:01:00Z');

  expect(said(world)).toEqual(['1 new, 0 shown', '1 new, 0 shown', '1 new, 2 shown', '1 new, 0 shown']);
});

it('keeps the number for the next digest that there is something to say in', async () => {
  const world = await aChannel();
  await urgent(world, 1);
  await world.runUntil('2026-11-24T08:00:00Z'); // an empty day
  await world.receive(anEvent());
  await world.runUntil('2026-11-24T09:01:00Z');

  expect(said(world)).toEqual(['1 new, 0 shown', '1 new, 1 shown']);
});

it('says so also where there is nothing new, for an owner who wants to be told that', async () => {
  const world = await aChannel({ whenEmpty: 'say' });
  await urgent(world, 3);
  await world.runUntil('2026-11-24T09:01:00Z');

  expect(said(world).slice(3)).toEqual(['0 new, 3 shown', '0 new, 0 shown']);
});

it('does not forget the number with a digest that was returned', async () => {
  const world = await aChannel();
  await urgent(world, 1);
  await world.receive(anEvent());
  world.answers.push(...Array.from({ length: 9 }, () => ({ is: 'answered', status: 500, body: '' }) as const));
  await world.runUntil('2026-11-25T09:01:00Z');

  expect(said(world).at(-1)).toBe('1 new, 1 shown');
  expect((await world.deps.heads.read(world.posted[0]?.subscriptionId ?? '')).head.shownUrgent).toBeUndefined();
});

it('gives one digest of what a pause kept, when its schedule comes round', async () => {
  const { createPauseSubscription } = await import('../../../shared/subscriptions/pause-subscription.ts');
  const { createResumeSubscription } = await import('../../../shared/subscriptions/resume-subscription.ts');
  const world = await aWorld({ deps: { drawCard } });
  const subscription = await world.subscribe(aSubscription());
  await createPauseSubscription(world.deps)(subscription, { arriving: 'keep' });
  for (let day = 24; day <= 26; day++) {
    await world.receive([anEvent(), anEvent()]);
    await world.runUntil(`2026-11-${day}T12:00:00Z`);
  }
  await createResumeSubscription(world.deps)(subscription);
  await world.runUntil('2026-11-28T09:01:00Z');

  expect(said(world)).toEqual(['6 new, 0 shown']);
});
