/** A dead webhook's notice to another channel of the same owner. */
import { randomBytes } from 'node:crypto';
import { createPostNotice } from '../../../shared/delivery/post-notice.ts';
import type { DigestJob } from '../../../shared/schedules/digest-job.ts';
import { createEditSubscription } from '../../../shared/subscriptions/edit-subscription.ts';
import { createResumeSubscription } from '../../../shared/subscriptions/resume-subscription.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { newSubscriptionId } from '../../../shared/subscriptions/subscription-id.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';

const ADA = { tid: '11111111-1111-4111-8111-111111111111', oid: '22222222-2222-4222-8222-222222222222' };
const GONE = { is: 'answered', status: 404, body: '' } as const;
const NOW = { every: 'now' } as const;

/** Handles jobs as the app does: notices apart from digests. */
function handle(world: World) {
  const notice = createPostNotice({
    ...world.deps,
    drawNotice: (about, { id }) =>
      JSON.stringify({
        count: 0,
        titles: [about.is === 'disabled' ? `${about.name}: ${about.reason}` : id],
        style: 'x',
      }),
  });
  return (job: DigestJob) => (job.why === 'notice' ? notice(job) : world.sendDigest(job));
}

const drain = (world: World) => world.queue.drain(handle(world));

async function twoChannels(change: Partial<Subscription> = {}, other: Partial<Subscription> = {}) {
  const world = await aWorld();
  const mail = await world.subscribe(
    aSubscription({ id: newSubscriptionId(randomBytes(16)), owners: [ADA], topics: ['none'], schedule: NOW, ...other }),
  );
  const dying = await world.subscribe(aSubscription({ owners: [ADA], noticeTo: mail.id, schedule: NOW, ...change }));
  return { world, mail, dying };
}

async function dies(world: World): Promise<void> {
  world.answers.push(GONE);
  await world.receive(anEvent());
  await drain(world);
}

const noticesAt = ({ posted }: World, { id }: Subscription) =>
  posted.filter(({ subscriptionId }) => subscriptionId === id).map(({ titles }) => titles[0]);

it('goes to the other channel, with the name of the dead one and the reason', async () => {
  const { world, mail } = await twoChannels();

  await dies(world);

  expect(noticesAt(world, mail)).toEqual(['Build room: The webhook was removed: paste a new one.']);
});

it('is posted once for each time, however often its job is seen, and counts as a post there', async () => {
  const { world, mail, dying } = await twoChannels();
  await dies(world);
  const row = await world.subscriptions.read(dying);
  const since = row?.is === 'present' && row.subscription.state.is === 'disabled' ? row.subscription.state.since : 0;

  const job = { version: 1, account: 'acme', subscriptionId: mail.id, why: 'notice', about: dying.id, since } as const;
  await handle(world)(job);

  const { head } = await world.deps.heads.read(mail.id);
  expect(noticesAt(world, mail)).toHaveLength(1);
  expect(head.slots).toHaveLength(1);
  expect(head.lease).toBeUndefined();
});

it('is posted again when the channel was mended and dies again', async () => {
  const { world, mail, dying } = await twoChannels();
  await dies(world);
  await createResumeSubscription(world.deps)(dying);
  await drain(world);
  world.clock.advance(10_000);

  await dies(world);

  expect(noticesAt(world, mail)).toHaveLength(2);
});

it('waits while the windows of the other channel are full, and while its webhook fails', async () => {
  const { world, mail } = await twoChannels();
  const now = world.clock.realNow();
  const { head, etag } = await world.deps.heads.read(mail.id);
  await world.deps.heads.write(mail.id, { ...head, slots: [now, now, now, now] }, etag);

  await dies(world);
  const before = noticesAt(world, mail).length;
  world.clock.advance(90_000);
  world.answers.push({ is: 'answered', status: 500, body: '' });
  await drain(world);
  world.clock.advance(11 * 60_000);
  await drain(world);

  expect(before).toBe(0);
  expect(noticesAt(world, mail)).toHaveLength(2); // the one that failed, and the one that arrived
  expect((await world.deps.heads.read(mail.id)).head.noticed).toHaveLength(1);
});

it.each<[string, Partial<Subscription>, Partial<Subscription>]>([
  ['nobody wants it', { noticeTo: null }, {}],
  ['the other channel has another owner', {}, { owners: [{ sub: 'bob' }] }],
  ['the other channel is paused', {}, { state: { is: 'paused', arriving: 'keep' } }],
])('is not posted where %s', async (_, change, other) => {
  const { world, mail } = await twoChannels(change, other);

  await dies(world);

  expect(noticesAt(world, mail)).toEqual([]);
});

describe('the choice of a channel for notices', () => {
  it('is taken where one person owns both', async () => {
    const { world, mail, dying } = await twoChannels({ noticeTo: null });

    const edited = await createEditSubscription(world.deps)(dying, { noticeTo: mail.id });

    expect(edited.noticeTo).toBe(mail.id);
  });

  it('can be undone', async () => {
    const { world, dying } = await twoChannels();

    await createEditSubscription(world.deps)(dying, { noticeTo: null });

    const row = await world.subscriptions.read(dying);
    expect(row?.is === 'present' && row.subscription.noticeTo).toBeNull();
  });

  it.each<[string, (dying: Subscription, mail: Subscription) => string, Partial<Subscription>]>([
    ['the channel itself', ({ id }) => id, {}],
    ['a channel of somebody else', (_, { id }) => id, { owners: [{ sub: 'bob' }] }],
    ['a channel that is not there', () => 'sub_AAAAAAAAAAAAAAAAAAAAAA', {}],
    ['what is no id', () => "x' or true", {}],
  ])('is refused for %s', async (_, choose, other) => {
    const { world, mail, dying } = await twoChannels({}, other);

    const editing = createEditSubscription(world.deps)(dying, { noticeTo: choose(dying, mail) });

    await expect(editing).rejects.toMatchObject({ code: 'notice-channel-unknown', status: 400 });
  });
});
