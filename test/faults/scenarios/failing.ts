/** Attempts that fail: retries, returns, probes. */
import { anEvent, aSubscription } from '../../world/make.ts';
import type { Scenario } from '../die-at.ts';
import { handleShown, liveOn } from '../life.ts';
import { answered, DELIVERED } from '../system.ts';
import { CRITICAL, failOnce, HALF_PAST, NINE, never, now, oneMore, receive, toNine } from './arrange.ts';

/** Disabled yesterday; its first probe is at nine. */
const DISABLED = { is: 'disabled', reason: 'gone', since: NINE - 24 * 3_600_000, nextProbe: NINE } as const;

export const FAILING: readonly Scenario[] = [
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
    name: 'a webhook that has gone: the digest is returned, the channel disabled, and the probe mends it',
    tells: ['disabled', 'recovered'],
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
    tells: ['recovered'],
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
    name: 'a probe of a scheduled channel succeeds: its own due row is there again',
    tells: ['recovered'],
    async prepare(system, worker) {
      await system.subscribe(aSubscription({ state: DISABLED }));
      await receive(system, worker, 'one');
      await toNine(system, worker);
    },
    until: '2026-11-24T09:30:00Z',
  },
  {
    name: 'events come in during the probe of an immediate channel, and wake it in vain',
    async prepare(system, worker) {
      await system.subscribe(aSubscription({ ...now, state: DISABLED }));
      await receive(system, worker, 'one');
      await handleShown(system, worker.handle);
      await toNine(system, worker);
      system.answers.push(async () => {
        await receive(system, worker, 'during the probe');
        const look = system.host.messages.find(({ text }) => text.includes('"look"')) ?? never();
        await system.host.run(look, worker.handle);
        return DELIVERED;
      });
    },
    until: '2026-11-24T09:30:00Z', // a probe whose answer is lost is made again the next day
  },
];
