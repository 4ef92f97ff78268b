/** `resend`: a digest that is out is posted a second time on purpose; others are helped along. */
import { createAskResend } from '../../../shared/delivery/ask-resend.ts';
import { createPostResend } from '../../../shared/delivery/post-resend.ts';
import { digestIdOf } from '../../../shared/digests/digest.ts';
import type { DigestJob } from '../../../shared/schedules/digest-job.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';
import { makeQueues, opsOn, someStores } from './ops-world.ts';

const DAY = 24 * 3_600_000;
const FAILS = { is: 'answered', status: 500, body: '' } as const;

async function aSystem() {
  const world = await aWorld();
  await makeQueues(world.storage);
  const ops = opsOn(someStores(world.storage, world.clock));
  const postResend = createPostResend(world.deps);
  const handle = (job: DigestJob) => (job.why === 'resend' ? postResend(job) : world.sendDigest(job));
  /** Hands what the commands put on the real queue to the workers. */
  const work = async () => {
    const { receivedMessageItems } = await world.storage.queue('digests').receiveMessages({ numberOfMessages: 32 });
    for (const { messageText } of receivedMessageItems) await world.queue.put(JSON.parse(messageText));
    await world.queue.drain(handle);
  };
  return { world, ops, work, postResend };
}

async function recordsOf(world: World, { id }: Subscription) {
  const records = [];
  for await (const { record } of world.deps.digests.list(id)) records.push(record);
  return records;
}

/** A channel told at once that got one digest; the digest's id. */
async function delivered(world: World) {
  const one = await world.subscribe(aSubscription({ id: 'sub_aa', schedule: { every: 'now' } }));
  await world.receive([anEvent({ title: 'one' }), anEvent({ title: 'two' })]);
  await world.drain();
  world.clock.advance(60_000);
  const [record] = await recordsOf(world, one);
  return { one, digest: digestIdOf(one.id, record?.sequence ?? 0) };
}

it('posts the same card again, counts its slot and notes the attempt', async () => {
  const { world, ops, work } = await aSystem();
  const { one, digest } = await delivered(world);

  const { out, exitCode } = await ops('resend', digest);
  await work();

  expect([exitCode, out]).toEqual([0, `${digest}: is posted again; \`deliveries\` shows how that went\n`]);
  expect(world.posted[1]?.body).toBe(world.posted[0]?.body);
  expect((await world.deps.heads.read(one.id)).head.slots).toHaveLength(2);
  const [record] = await recordsOf(world, one);
  expect(record?.attempts.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
    [1, 'delivered'],
    [2, 'delivered'],
  ]);
});

it('posts once when its job is seen twice', async () => {
  const { world, postResend } = await aSystem();
  const { one, digest } = await delivered(world);
  const wish = { why: 'resend', digestId: digest, wish: 'one wish', askedAt: world.clock.now() } as const;
  const job = { version: 1, account: one.account, subscriptionId: one.id, ...wish } as const;

  await postResend(job);
  world.clock.advance(60_000);
  await postResend(job);

  expect(world.posted).toHaveLength(2);
});

it('waits while another digest is unfinished, and gives up after a day', async () => {
  const { world, ops, work } = await aSystem();
  const { digest } = await delivered(world);
  world.answers.push(FAILS);
  await world.receive(anEvent({ title: 'three' }));
  await world.drain();

  await ops('resend', digest);
  await work();
  const during = world.posted.map(({ titles }) => titles);
  const waits = world.queue.messages.map(({ job }) => job.why);
  world.clock.advance(DAY + 60_000);
  world.answers.push(FAILS);
  await work();

  expect(during).toEqual([['one', 'two'], ['three']]);
  expect(waits.sort()).toEqual(['resend', 'retry']);
  expect(world.queue.messages.map(({ job }) => job.why)).toEqual(['retry']);
});

it('ends the wait of a digest that failed', async () => {
  const { world, ops, work } = await aSystem();
  await world.subscribe(aSubscription({ id: 'sub_bb', schedule: { every: 'now' } }));
  world.answers.push(FAILS, FAILS, FAILS, FAILS);
  await world.receive(anEvent({ title: 'late' }));
  await world.runUntil('2026-11-23T08:10:00Z');

  const { out } = await ops('resend', '--failed', '--since', '1h');
  await work();

  expect(out).toContain('is tried now');
  expect(world.posted).toHaveLength(5);
});

it('sends what was returned with all that waits, and repeats nothing', async () => {
  const { world, ops, work } = await aSystem();
  const one = await world.subscribe(aSubscription({ id: 'sub_cc' }));
  world.answers.push(...Array.from({ length: 9 }, () => FAILS));
  await world.receive(anEvent({ title: 'returned' }));
  await world.runUntil('2026-11-24T13:00:00Z');
  await world.receive(anEvent({ title: 'new' }));
  const tries = world.posted.length;

  const { out } = await ops('resend', '--failed', '--since', '7d');
  await work();
  await work();

  expect(out).toContain('its events go out now with all that waits');
  expect(world.posted.slice(tries).map(({ titles }) => titles)).toEqual([['new', 'returned']]);
  expect((await recordsOf(world, one)).map(({ state }) => state)).toEqual(['delivered', 'returned']);
});

it('asks before it repeats what may have arrived', async () => {
  const { world, ops } = await aSystem();
  await world.subscribe(aSubscription({ id: 'sub_dd', schedule: { every: 'now' } }));
  world.answers.push({ is: 'answered', status: 200, body: 'who knows' });
  await world.receive(anEvent());
  await world.drain();

  const without = await ops('resend', '--failed', '--since', '1h');
  const unasked = await ops('resend', '--failed', '--unclear', '--since', '1h');
  const meant = await ops('resend', '--failed', '--unclear', '--since', '1h', '--yes');

  expect(without.out).toBe('No digest failed.\n');
  expect(unasked).toMatchObject({ exitCode: 2, err: expect.stringContaining('seen twice') });
  expect(meant.out).toContain('is posted again');
});

it('does nothing for a channel that is asleep, or a digest that is kept no more, and says so', async () => {
  const { world } = await aSystem();
  const put: DigestJob[] = [];
  const jobs = { put: async (job: DigestJob) => void put.push(job) };
  const askResend = createAskResend({ jobs, clock: world.clock, newWish: () => 'wish' });
  const { one } = await delivered(world);
  const [record] = await recordsOf(world, one);
  if (record === undefined) throw new Error('nothing was delivered');

  const asleep = await askResend({ ...one, state: { is: 'paused', arriving: 'keep' } }, record);
  const old = await askResend(one, { ...record, frozenAt: record.frozenAt - 32 * DAY });

  expect([asleep, old, put]).toEqual(['asleep', 'kept no more', []]);
});

it.each([
  [[], 'Which one?'],
  [['--failed'], 'Which one?'],
  [['sub_1_2', '--failed', '--since', '1h'], 'not both'],
  [['digest'], 'is no digest’s id'],
  [['sub_1_2'], 'There is no subscription'],
])('says what is wrong with the call %j', async (args, said) => {
  const { ops } = await aSystem();

  expect(await ops('resend', ...args)).toMatchObject({ exitCode: 2, err: expect.stringContaining(said) });
});
