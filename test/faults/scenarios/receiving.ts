/** Messages come in, due rows move. */
import { anEvent, aSubscription } from '../../world/make.ts';
import type { Scenario } from '../die-at.ts';
import { CRITICAL, HALF_PAST, MINUTE, NINE, now, receive } from './arrange.ts';

export const RECEIVING: readonly Scenario[] = [
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
        aSubscription({
          schedule: { every: 'day', at: '09:15', timeZone: 'UTC' },
          state: { is: 'paused', arriving: 'keep', until: NINE },
        }),
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
    name: 'a job of an older revision mends the due row',
    async prepare(system, worker) {
      const subscription = await system.subscribe(aSubscription({ revision: 2 }));
      await receive(system, worker, 'one');
      const duty = { is: 'schedule', schedule: subscription.schedule } as const;
      const dueAt = NINE - 30 * MINUTE;
      await system.due.put({ account: 'acme', subscriptionId: subscription.id, dueAt, revision: 1, duty });
      system.clock.advance(dueAt - system.clock.now());
      await worker.dispatch();
      system.clock.advance(MINUTE); // over which jobs are spread
    },
    until: HALF_PAST,
  },
];
