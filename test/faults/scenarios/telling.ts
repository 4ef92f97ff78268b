/** Cards beside the digests: another channel hears of one that was disabled, a quiet one hears that all is well. */
import { aSubscription } from '../../world/make.ts';
import type { Scenario } from '../die-at.ts';
import { answered, type System } from '../system.ts';
import { HALF_PAST, NINE, now, putJob, receive, toNine } from './arrange.ts';

const OWNERS = [{ sub: 'ada@acme.example' }];
const DAY = 24 * 3_600_000;

/** A channel of the same owner that takes no events. */
const subscribeOther = (system: System) =>
  system.subscribe(aSubscription({ account: 'acme', owners: OWNERS, topics: ['none'], ...now }));

/** The card came: once, or a second time when nobody could know that it had (promise 2). */
const cameOnce = async ({ asides }: System) =>
  asides.length === 1 || asides.length === 2 ? [] : [`${asides.length} cards beside the digests`];

export const TELLING: readonly Scenario[] = [
  {
    name: 'a webhook has gone, and another channel of the owner is told',
    tells: ['disabled'],
    async prepare(system, worker) {
      const { id } = await subscribeOther(system);
      await system.subscribe(aSubscription({ owners: OWNERS, noticeTo: id }));
      await receive(system, worker, 'one');
      await toNine(system, worker);
      system.answers.push(answered(404));
    },
    until: '2026-11-24T09:30:00Z',
    // A webhook that was not asked again what it answered once is none that has gone.
    also: async (system) => (system.told.some((id) => id.endsWith('.disabled')) ? cameOnce(system) : []),
  },
  {
    name: 'a notice is posted while the channel’s own events come in',
    async prepare(system, worker) {
      const { id } = await system.subscribe(aSubscription({ ...now, owners: OWNERS }));
      const since = NINE - DAY;
      const state = { is: 'disabled', reason: 'gone', since, nextProbe: NINE } as const;
      const about = await system.subscribe(
        aSubscription({ account: 'acme', owners: OWNERS, noticeTo: id, topics: ['none'], state }),
      );
      await putJob(system, id, { why: 'notice', about: about.id, since });
      await receive(system, worker, 'one');
    },
    until: HALF_PAST,
    also: cameOnce,
  },
  {
    name: 'a flow that was quiet for two months is kept awake',
    async prepare(system) {
      const target = { appType: 'teams', name: 'Quiet room', kind: 'workflow', host: '127.0.0.1' } as const;
      const { id } = await system.subscribe(aSubscription({ target, createdAt: system.clock.now() - 59 * DAY }));
      await putJob(system, id, { why: 'quiet' });
      system.answers.push(answered(202)); // a flow's, for the digest afterwards
    },
    until: HALF_PAST,
    also: cameOnce,
  },
];
