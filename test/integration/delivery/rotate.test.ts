/** Another webhook, of the other kind too: schedule, inbox and timeline stay, and retries begin anew. */
import type { Answer } from '../../../shared/delivery/outcome.ts';
import { createRotateWebhook } from '../../../shared/subscriptions/rotate-webhook.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { createWebhooksTable } from '../../../shared/subscriptions/webhooks-table.ts';
import { seal } from '../../faults/sealing.ts';
import { anEvent, aSubscription } from '../../world/make.ts';
import { aWorld, type World } from '../../world/world.ts';

const FLOW = 'https://flow.invalid/workflows/x?sig=y';
const FAILED: Answer = { is: 'answered', status: 500, body: '' };
const ACCEPTED: Answer = { is: 'answered', status: 202, body: '' };

async function aFailingChannel(failures: number) {
  const kinds: string[] = [];
  const world = await aWorld({
    deps: {
      drawCard: async (summary, _digest, { target }) => {
        kinds.push(target.kind);
        return JSON.stringify({ count: summary.total, titles: [], style: target.kind });
      },
    },
  });
  const subscription = await world.subscribe(aSubscription({ createdAt: 1 }));
  world.answers.push(...Array.from({ length: failures }, () => FAILED));
  await world.receive([anEvent({ title: 'one' }), anEvent({ title: 'two' })]);
  await world.runUntil('2026-11-23T09:00:00Z');
  while (world.answers.length > 0) {
    world.clock.advance(Math.max(1, (world.queue.nextShowsAt() ?? 0) - world.clock.elapsed()));
    await world.drain();
  }
  return { world, subscription, kinds };
}

async function rotate(world: World, subscription: Subscription): Promise<Subscription> {
  const vault = new Map<string, string>();
  return createRotateWebhook({
    ...world.deps,
    seal,
    extraHosts: [{ kind: 'workflow', origin: 'https://flow.invalid' }],
    webhookVault: { read: async (id) => vault.get(id), put: async (id, url) => void vault.set(id, url) },
    webhooks: createWebhooksTable({
      table: world.storage.table('webhooks'),
      isSubscription: async () => true,
      now: world.clock.realNow,
    }),
  })(subscription, FLOW);
}

it('draws the waiting digest for the new kind, at once, and keeps schedule and timeline', async () => {
  const { world, subscription, kinds } = await aFailingChannel(3);
  world.answers.push(ACCEPTED);

  const rotated = await rotate(world, subscription);
  await world.drain();

  const records = [];
  for await (const { record } of world.deps.digests.list(subscription.id)) records.push(record);
  expect(kinds).toEqual(['connector', 'connector', 'connector', 'workflow']);
  expect(rotated).toMatchObject({ schedule: subscription.schedule, createdAt: 1, target: { kind: 'workflow' } });
  expect(records).toHaveLength(1);
  expect(records[0]?.attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed', 'accepted']);
});

it('starts the retry schedule anew, and the days until a webhook is given up', async () => {
  const { world, subscription } = await aFailingChannel(7);
  world.answers.push(FAILED);

  await rotate(world, subscription);
  await world.drain();

  const { head } = await world.deps.heads.read(subscription.id);
  const waitMs = (head.digest?.nextAttemptAt ?? 0) - world.clock.now();
  expect(waitMs).toBe(5_000);
  expect(head.health.failingSince).toBe(world.clock.now());
});

it('gives the webhook after a dead one five days of its own', async () => {
  const { world, subscription } = await aFailingChannel(0);
  world.answers.push({ is: 'answered', status: 404, body: '' }, FAILED, FAILED, FAILED);
  await world.runUntil('2026-11-23T09:01:00Z');

  await rotate(world, subscription);
  await world.runUntil('2026-11-24T09:01:00Z');

  const { head } = await world.deps.heads.read(subscription.id);
  expect(head.health.failingSince).toBeGreaterThanOrEqual(Date.parse('2026-11-24T09:00:00Z'));
});

it('keeps what waits in the inbox, for the next digest', async () => {
  const { world, subscription, kinds } = await aFailingChannel(1);
  await world.receive(anEvent({ title: 'three' }));
  world.answers.push(ACCEPTED, ACCEPTED);

  await rotate(world, subscription);
  const waiting = await world.waiting(subscription.id);
  await world.runUntil('2026-11-24T09:01:00Z');

  expect(waiting).toEqual(['three']);
  expect(kinds.at(-1)).toBe('workflow');
  expect(await world.waiting(subscription.id)).toEqual([]);
});
