/** What a dead process left is taken over. */
import { aSubscription } from '../../world/make.ts';
import type { Scenario } from '../die-at.ts';
import { dieIn, HALF_PAST, MINUTE, manyPages, now, putJob, receive, toNine } from './arrange.ts';

export const TAKING_OVER: readonly Scenario[] = [
  {
    name: 'a digest whose process died before its POST is taken over',
    async prepare(system, worker) {
      await system.subscribe(aSubscription());
      await receive(system, worker, 'one');
      await toNine(system, worker);
      await dieIn(system, 'before', 'POST webhook');
      system.clock.advance(11 * MINUTE);
    },
    until: HALF_PAST,
  },
  {
    name: 'a digest whose process died after its POST is taken over',
    async prepare(system, worker) {
      await system.subscribe(aSubscription());
      await receive(system, worker, 'one');
      await toNine(system, worker);
      await dieIn(system, 'after', 'POST webhook');
      system.clock.advance(11 * MINUTE);
    },
    until: HALF_PAST,
  },
  {
    name: 'a digest whose process died after its record is taken over',
    async prepare(system, worker) {
      await system.subscribe(aSubscription(now));
      await receive(system, worker, 'one');
      await dieIn(system, 'after', 'POST /digests');
      system.clock.advance(11 * MINUTE);
    },
    until: HALF_PAST,
  },
  {
    name: 'a freeze that stopped half-way is taken over',
    async prepare(system, worker) {
      const { id } = await system.subscribe(aSubscription());
      await manyPages(system, id, 120);
      await toNine(system, worker);
      await dieIn(system, 'after', 'POST /$batch');
      system.clock.advance(11 * MINUTE);
      await receive(system, worker, 'meanwhile');
    },
    until: '2026-11-24T09:30:00Z', // what came eleven minutes after the freeze began is the next day's
  },
  {
    name: 'a job finds the lease held',
    async prepare(system, worker) {
      const { id } = await system.subscribe(aSubscription());
      await receive(system, worker, 'one');
      await toNine(system, worker);
      await dieIn(system, 'before', 'POST webhook');
      await putJob(system, id, { why: 'send-now' });
    },
    until: HALF_PAST,
  },
];
