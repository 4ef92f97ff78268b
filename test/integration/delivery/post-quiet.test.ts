/** Promise 9: a workflow is not left silent for 60 days. */
import { createPostQuiet } from '../../../shared/delivery/post-quiet.ts';
import { createReconcile } from '../../../shared/delivery/reconcile.ts';
import type { DigestJob } from '../../../shared/schedules/digest-job.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WORKFLOW = { appType: 'teams', name: 'Build room', kind: 'workflow', host: '127.0.0.1' } as const;
const ACCEPTED = { is: 'answered', status: 202, body: '' } as const;

async function aChannel(change: Partial<Subscription> = {}) {
  const world = await aWorld();
  const createdAt = world.clock.now();
  const subscription = await world.subscribe(aSubscription({ createdAt, target: WORKFLOW, ...change }));
  return { world, subscription, createdAt };
}

/** One hour of the net, and the jobs it put. */
async function anHour(world: World): Promise<void> {
  await createReconcile(world.deps)();
  const quiet = createPostQuiet({
    ...world.deps,
    drawNotice: (notice) => JSON.stringify({ count: 0, titles: [JSON.stringify(notice)], style: 'x' }),
  });
  await world.queue.drain((job: DigestJob) => (job.why === 'quiet' ? quiet(job) : world.sendDigest(job)));
}

it('gets a card before it has been silent for 60 days, and not long before', async () => {
  const { world, createdAt } = await aChannel();
  world.answers.push(ACCEPTED);

  world.clock.advance(57 * DAY);
  await anHour(world);
  const early = world.posted.length;
  world.clock.advance(DAY);
  await anHour(world);
  await anHour(world);

  expect(early).toBe(0);
  expect(world.posted.map(({ titles }) => JSON.parse(titles[0] ?? ''))).toEqual([
    { is: 'quiet', since: createdAt, paused: false },
  ]);
});

it('counts from the last card, and tells again after another two months', async () => {
  const { world } = await aChannel();
  world.answers.push(ACCEPTED, ACCEPTED);

  for (const days of [58, 57, 1]) {
    world.clock.advance(days * DAY);
    await anHour(world);
  }

  expect(world.posted).toHaveLength(2);
});

it('is tried again each hour while the webhook fails, and no more once nobody knows whether it came', async () => {
  const { world } = await aChannel();
  world.answers.push({ is: 'answered', status: 500, body: '' }, { is: 'lost', reason: 'no answer' });
  world.clock.advance(58 * DAY);

  for (let hour = 0; hour < 3; hour++) {
    await anHour(world);
    world.clock.advance(HOUR);
  }

  expect(world.posted).toHaveLength(2);
});

it('finds a flow that has gone, and disables the subscription with the reason', async () => {
  const { world, subscription } = await aChannel();
  world.answers.push({ is: 'answered', status: 404, body: '' });
  world.clock.advance(58 * DAY);

  await anHour(world);

  const row = await world.subscriptions.read(subscription);
  expect(row?.is === 'present' && row.subscription.state).toMatchObject({
    is: 'disabled',
    reason: expect.stringContaining('removed'),
  });
  expect(world.told.map(({ type }) => type)).toEqual(['tidings.subscription.disabled']);
});

it('keeps a paused flow alive too, and says that it is paused', async () => {
  const { world } = await aChannel({ state: { is: 'paused', arriving: 'keep' } });
  world.answers.push(ACCEPTED);
  world.clock.advance(58 * DAY);

  await anHour(world);

  expect(world.posted.map(({ titles }) => JSON.parse(titles[0] ?? ''))).toMatchObject([{ is: 'quiet', paused: true }]);
});

it('leaves connectors alone, which nobody switches off', async () => {
  const { world } = await aChannel({ target: { ...WORKFLOW, kind: 'connector' } });
  world.clock.advance(58 * DAY);

  await anHour(world);

  expect(world.posted).toEqual([]);
});
