/** What a process does, one thing at a time: each is run once for every call it makes and every way to die there. */
import { packEvent } from '../../shared/events/pack-event.ts';
import { pageKey } from '../../shared/events/page.ts';
import { digestJob } from '../../shared/schedules/digest-job.ts';
import { anEvent, aSubscription } from '../world/make.ts';
import type { Scenario } from './die-at.ts';
import { handleShown, liveOn } from './life.ts';
import { answered, type Process, type System } from './system.ts';
import { createWire } from './wire.ts';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const HALF_PAST = '2026-11-23T09:30:00Z';
const MINUTE = 60_000;
const now = { schedule: { every: 'now' } } as const;
const quarterPast = { every: 'day', at: '09:15', timeZone: 'UTC' } as const;
const CRITICAL = { severity: 'critical' } as const;

/** Emits one message and lets it be received. */
async function receive(system: System, worker: Process, ...titles: string[]): Promise<void> {
  await system.emit(...titles.map((title) => anEvent({ title })));
  const message = system.host.messages.find(({ queue }) => queue === 'events') ?? never();
  await system.host.run(message, worker.handle);
}

/** Goes to nine, when the due row's job is on the queue. */
async function toNine({ clock }: System, worker: Process): Promise<void> {
  clock.advance(NINE - clock.now());
  await worker.dispatch();
}

/** Another process handles the message that shows, and dies before or after its first call of a name; then its lease ends. */
async function dieBefore(system: System, fault: 'before' | 'after', at: string): Promise<void> {
  const wire = createWire({ at, fault });
  const message = system.host.shown();
  if (message === undefined) throw new Error('nothing shows');
  await Promise.race([system.host.run(message, (await system.start(wire)).handle), wire.died]);
  await wire.settled();
  system.clock.advance(11 * MINUTE);
}

/** The first attempt fails with an answer; its retry shows. */
async function failOnce(system: System, worker: Process, status = 500): Promise<void> {
  system.answers.push(answered(status));
  const message = system.host.shown();
  if (message === undefined) throw new Error('nothing shows');
  await system.host.run(message, worker.handle);
}

/** Pages straight into the inbox: quicker than messages where it takes many. */
async function manyPages(system: System, subscriptionId: string, pages: number): Promise<void> {
  const events = Array.from({ length: pages }, (_, page) => anEvent({ title: `page ${page}` }));
  system.sent.push(...events);
  const key = (page: number) => pageKey(system.clock.now(), 'many', page);
  await Promise.all(
    events.map((event, page) => system.inbox.insertPage(subscriptionId, key(page), 'ordinary', [packEvent(event)])),
  );
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a message is received for a scheduled, an immediate and an urgent channel, one event of it malformed',
    async prepare(system) {
      await system.subscribe(aSubscription());
      await system.subscribe(aSubscription(now));
      await system.subscribe(aSubscription({ urgentSeverity: 'critical' }));
      const events = [anEvent({ title: 'calm' }), anEvent({ title: 'fire', ...CRITICAL })];
      system.sent.push(...events);
      await system.host.put('events', JSON.stringify([...events, { specversion: '1.0' }]));
    },
    until: HALF_PAST,
  },
  {
    name: 'a tick moves three due rows, one of a pause that ends, one of an older revision',
    async prepare(system, worker) {
      for (let channel = 0; channel < 3; channel++) await system.subscribe(aSubscription());
      await system.subscribe(
        aSubscription({ schedule: quarterPast, state: { is: 'paused', arriving: 'keep', until: NINE } }),
      );
      const edited = await system.subscribe(aSubscription({ revision: 2 }));
      const duty = { is: 'schedule', schedule: edited.schedule } as const;
      await system.due.put({ account: 'acme', subscriptionId: edited.id, dueAt: NINE, revision: 1, duty });
      await receive(system, worker, 'one', 'two');
      system.clock.advance(NINE - system.clock.now());
    },
    operate: async (worker) => {
      await worker.dispatch();
    },
    until: HALF_PAST,
  },
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
    name: 'a first attempt fails and has to wait',
    async prepare(system, worker) {
      await system.subscribe(aSubscription());
      await receive(system, worker, 'one');
      await toNine(system, worker);
      system.answers.push(answered(500));
    },
    until: HALF_PAST,
  },
  {
    name: 'a retry succeeds, and what an urgent event asked for meanwhile follows',
    async prepare(system, worker) {
      await system.subscribe(aSubscription({ urgentSeverity: 'critical' }));
      await receive(system, worker, 'one');
      await toNine(system, worker);
      await failOnce(system, worker);
      await system.emit(anEvent({ title: 'fire', ...CRITICAL }));
      await handleShown(system, worker.handle);
      system.clock.advance(6_000);
    },
    until: HALF_PAST,
  },
  {
    name: 'a digest whose process died before its POST is taken over',
    async prepare(system, worker) {
      await system.subscribe(aSubscription());
      await receive(system, worker, 'one');
      await toNine(system, worker);
      await dieBefore(system, 'before', 'POST webhook');
    },
    until: HALF_PAST,
  },
  {
    name: 'a digest whose process died after its POST is taken over',
    async prepare(system, worker) {
      await system.subscribe(aSubscription());
      await receive(system, worker, 'one');
      await toNine(system, worker);
      await dieBefore(system, 'after', 'POST webhook');
    },
    until: HALF_PAST,
  },
  {
    name: 'a digest whose process died after its record is taken over',
    async prepare(system, worker) {
      await system.subscribe(aSubscription(now));
      await receive(system, worker, 'one');
      await dieBefore(system, 'after', 'POST /digests');
    },
    until: HALF_PAST,
  },
  {
    name: 'a freeze that stopped half-way is taken over',
    async prepare(system, worker) {
      const { id } = await system.subscribe(aSubscription());
      await manyPages(system, id, 120);
      await toNine(system, worker);
      await dieBefore(system, 'after', 'POST /$batch');
      await receive(system, worker, 'meanwhile');
    },
    until: '2026-11-24T09:30:00Z', // what came eleven minutes after the freeze began is the next day's
  },
  {
    name: 'a webhook that has gone: the digest is returned, the channel disabled, and the probe mends it',
    async prepare(system, worker) {
      await system.subscribe(aSubscription());
      await receive(system, worker, 'one');
      await receive(system, worker, 'two');
      await toNine(system, worker);
      system.answers.push(answered(404));
    },
    until: '2026-11-24T09:30:00Z',
  },
  {
    name: 'a probe succeeds: the channel is enabled',
    async prepare(system, worker) {
      await system.subscribe(aSubscription(now));
      await receive(system, worker, 'one');
      system.answers.push(answered(410));
      await handleShown(system, worker.handle);
      await receive(system, worker, 'two');
      await liveOn(system, worker, { until: '2026-11-24T07:59:59Z' });
      system.clock.advance(1_000);
      await worker.dispatch();
    },
    until: '2026-11-25T08:30:00Z', // a probe whose answer is lost is made again the next day
  },
  {
    name: 'retries are used up: an immediate channel looks again after an hour',
    async prepare(system, worker) {
      await system.subscribe(aSubscription(now));
      system.answers.push(...Array.from({ length: 9 }, () => answered(500)));
      await system.emit(anEvent({ title: 'one' }));
      await liveOn(system, worker, { until: '2026-11-24T02:00:00Z' });
      while (system.answers.length > 1) await oneMore(system, worker);
      const shows = system.host.nextShowsAt() - system.clock.elapsed();
      system.clock.advance(Math.max(0, shows));
    },
    until: '2026-11-24T20:00:00Z',
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
    name: 'a pause ends with a digest unfinished and events kept',
    async prepare(system, worker) {
      const subscription = await system.subscribe(aSubscription(now));
      await receive(system, worker, 'one');
      await failOnce(system, worker);
      const row = await system.subscriptions.read(subscription);
      if (row?.is !== 'present') throw new Error('it is there');
      const state = { is: 'paused', arriving: 'keep', until: NINE } as const;
      await system.subscriptions.replace({ ...row.subscription, state, revision: 2 }, row.etag);
      const duty = { is: 'pause-over', at: NINE } as const;
      await system.due.put({ account: 'acme', subscriptionId: subscription.id, dueAt: NINE, revision: 2, duty });
      await receive(system, worker, 'two');
      await liveOn(system, worker, { until: NINE - 1 });
      system.clock.advance(1);
      await worker.dispatch();
    },
    until: HALF_PAST,
  },
  {
    name: 'a job finds the lease held',
    async prepare(system, worker) {
      const { id } = await system.subscribe(aSubscription());
      await receive(system, worker, 'one');
      await toNine(system, worker);
      const wire = createWire({ at: 'POST webhook', fault: 'before' });
      const message = system.host.shown() ?? never();
      await Promise.race([system.host.run(message, (await system.start(wire)).handle), wire.died]);
      await system.host.put(
        'digests',
        JSON.stringify(digestJob({ account: 'acme', subscriptionId: id }, { why: 'send-now' })),
      );
    },
    until: HALF_PAST,
  },
  {
    name: 'a job of an older revision mends the due row',
    async prepare(system, worker) {
      const subscription = await system.subscribe(aSubscription({ revision: 2 }));
      await receive(system, worker, 'one');
      const duty = { is: 'schedule', schedule: subscription.schedule } as const;
      const dueAt = NINE - 30 * MINUTE;
      await system.due.put({ account: 'acme', subscriptionId: subscription.id, dueAt, revision: 1, duty });
      system.clock.advance(dueAt - system.clock.now());
      await worker.dispatch();
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
];

/** Life goes on until one more answer was given. */
async function oneMore(system: System, worker: Process): Promise<void> {
  const left = system.answers.length;
  while (system.answers.length === left) {
    system.clock.advance(Math.max(1, system.host.nextShowsAt() - system.clock.elapsed()));
    await handleShown(system, worker.handle);
  }
}

function never(): never {
  throw new Error('the scenario is not as it was meant');
}
