/** A digest goes out at its time, or has nothing to say. */
import { anEvent, aSubscription } from '../../world/make.ts';
import type { Scenario } from '../die-at.ts';
import { handleShown } from '../life.ts';
import { answered } from '../system.ts';
import { CRITICAL, HALF_PAST, manyPages, never, now, putJob, receive, toNine } from './arrange.ts';

export const SENDING: readonly Scenario[] = [
  {
    name: 'a digest is frozen, posted and recorded',
    async prepare(system, worker) {
      await system.subscribe(aSubscription());
      await receive(system, worker, 'one', 'two');
      await receive(system, worker, 'three');
      await toNine(system, worker);
    },
    until: HALF_PAST,
  },
  {
    name: 'a digest is frozen in several transactions',
    async prepare(system, worker) {
      const { id } = await system.subscribe(aSubscription());
      await manyPages(system, id, 120);
      await toNine(system, worker);
    },
    until: HALF_PAST,
  },
  {
    name: 'an immediate channel gets what came',
    async prepare(system, worker) {
      await system.subscribe(aSubscription(now));
      await receive(system, worker, 'one');
      await receive(system, worker, 'two');
    },
    until: HALF_PAST,
  },
  {
    name: 'an urgent event goes out before its time',
    async prepare(system, worker) {
      await system.subscribe(aSubscription({ urgentSeverity: 'critical' }));
      await system.emit(anEvent({ title: 'calm' }), anEvent({ title: 'fire', ...CRITICAL }));
      await system.host.run(system.host.messages[0] ?? never(), worker.handle);
    },
    until: HALF_PAST,
  },
  {
    name: 'a card too large is drawn smaller, and a refused one plain',
    async prepare(system, worker) {
      await system.subscribe(aSubscription());
      await receive(system, worker, 'one');
      await toNine(system, worker);
      system.answers.push(answered(413), answered(400));
    },
    until: HALF_PAST,
  },
  {
    name: 'a due time with nothing to say is served, silently or with a card',
    async prepare(system, worker) {
      await system.subscribe(aSubscription());
      await system.subscribe(aSubscription({ whenEmpty: 'say' }));
      await toNine(system, worker);
    },
    operate: (worker, system) => handleShown(system, worker.handle),
    until: HALF_PAST,
  },
  {
    name: 'an event that was shown this morning comes again alone',
    async prepare(system, worker) {
      await system.subscribe(aSubscription(now));
      const event = anEvent({ title: 'one' });
      await system.emit(event);
      await handleShown(system, worker.handle);
      await system.host.put('events', JSON.stringify(event));
      system.clock.advance(10_000);
      await system.host.run(system.host.shown() ?? never(), worker.handle);
    },
    until: HALF_PAST,
  },
  {
    name: 'a new channel is greeted while its first event comes in',
    async prepare(system, worker) {
      const { id } = await system.subscribe(aSubscription({ ...now, createdAt: system.clock.now() }));
      await putJob(system, id, { why: 'welcome' });
      await receive(system, worker, 'one');
    },
    until: HALF_PAST,
    also: async ({ asides }) => (asides.length <= 1 ? [] : [`${asides.length} welcomes`]),
  },
  {
    name: 'a webhook is opened from the vault and sealed into its row again',
    vault: 'needed',
    async prepare(system, worker) {
      const subscription = await system.subscribe(aSubscription(now));
      await worker.webhookVault.put(subscription.id, `https://webhook.invalid/${subscription.id}`);
      const row = await system.subscriptions.read(subscription);
      const { sealedWebhook: _, ...bare } = subscription;
      await system.subscriptions.replace(bare, row?.etag ?? never());
      await receive(system, worker, 'one');
    },
    until: HALF_PAST,
  },
];
