/** The first card of a channel. */
import { createPostWelcome } from '../../../shared/delivery/post-welcome.ts';
import { digestJob } from '../../../shared/schedules/digest-job.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';

const NINE = Date.parse('2026-11-23T08:00:00Z');

const welcome = (world: World, { account, id }: Subscription) =>
  createPostWelcome({
    ...world.deps,
    drawWelcome: () => JSON.stringify({ count: 0, titles: ['welcome'], style: 'normal' }),
  })(digestJob({ account, subscriptionId: id }, { why: 'welcome' }));
const titles = (world: World) => world.posted.map((posted) => posted.titles);

async function aNewChannel(change: Partial<Subscription> = {}) {
  const world = await aWorld();
  return { world, subscription: await world.subscribe(aSubscription({ createdAt: NINE, ...change })) };
}

describe('a welcome', () => {
  it('is posted once, however often its job is seen, and counts as a post', async () => {
    const { world, subscription } = await aNewChannel();

    await welcome(world, subscription);
    await welcome(world, subscription);

    const { head } = await world.deps.heads.read(subscription.id);
    expect(titles(world)).toEqual([['welcome']]);
    expect(head.slots).toHaveLength(1);
    expect(head.lease).toBeUndefined();
    expect(head.health.lastDeliveredAt).toBe(NINE);
  });

  it('lets what came meanwhile go out after it', async () => {
    const { world, subscription } = await aNewChannel({ schedule: { every: 'now' } });
    world.answers.push(async () => {
      await world.receive(anEvent({ title: 'news' }));
      await world.drain(); // finds the lease held
      return { is: 'answered', status: 200, body: '1' };
    });

    await welcome(world, subscription);
    await world.drain();

    expect(titles(world)).toEqual([['welcome'], ['news']]);
  });

  it('comes back later while a digest is under way', async () => {
    const { world, subscription } = await aNewChannel({ schedule: { every: 'now' } });
    world.answers.push({ is: 'answered', status: 500, body: '' });
    await world.receive(anEvent({ title: 'news' }));
    await world.drain();

    await welcome(world, subscription);

    expect(titles(world)).toEqual([['news']]);
    expect(world.queue.messages.map(({ job }) => job.why)).toContain('welcome');
  });

  it.each<[string, Partial<Subscription>]>([
    ['a paused channel', { state: { is: 'paused', arriving: 'keep' } }],
    ['a channel that is no longer new', { createdAt: NINE - 11 * 60_000 }],
  ])('is not posted to %s', async (_, change) => {
    const { world, subscription } = await aNewChannel(change);

    await welcome(world, subscription);

    expect(titles(world)).toEqual([]);
  });

  it('that did not arrive is in the health of the channel', async () => {
    const { world, subscription } = await aNewChannel();
    world.answers.push({ is: 'answered', status: 404, body: '' });

    await welcome(world, subscription);

    const { head } = await world.deps.heads.read(subscription.id);
    expect(head.health).toMatchObject({ failingSince: NINE, reason: 'The webhook was removed: paste a new one.' });
  });
});
