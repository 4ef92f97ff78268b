/** What owners do, and pauses that end. */
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import type { SubscriptionKey } from '../../../shared/subscriptions/subscriptions-table.ts';
import { aSubscription } from '../../world/make.ts';
import type { Scenario } from '../die-at.ts';
import { handleShown, liveOn } from '../life.ts';
import type { Process, System } from '../system.ts';
import { failOnce, HALF_PAST, NINE, never, now, receive } from './arrange.ts';

/** Something an owner wants; done once more where the first try ended in an error. */
interface Wish {
  readonly name: string;
  readonly begins?: Partial<Subscription>;
  readonly prepare?: (system: System, worker: Process) => Promise<void>;
  readonly wish: (owner: Process['owner'], key: SubscriptionKey) => Promise<unknown>;
  readonly until: string;
  readonly net?: 'hourly';
  readonly waiting?: readonly string[];
  readonly tells?: readonly string[];
  readonly also?: (system: System) => Promise<readonly string[]>;
}

const ANOTHER = 'https://webhook.invalid/another';
const urlOf = (id: string) => `https://webhook.invalid/${id}`;
const daily = (at: string) => ({ every: 'day', at, timeZone: 'UTC' }) as const;

const WISHES: readonly Wish[] = [
  {
    name: 'pauses a channel',
    tells: ['paused'],
    wish: (owner, key) => owner.pause(key, { arriving: 'keep' }),
    until: '2026-11-24T09:30:00Z',
    waiting: ['before'],
    also: async ({ cards }) => (cards.length === 0 ? [] : ['a paused channel was told something']),
  },
  {
    name: 'pauses a channel until ten',
    tells: ['paused'],
    begins: { schedule: daily('09:30') },
    wish: (owner, key) => owner.pause(key, { arriving: 'keep', until: NINE + 3_600_000 }),
    until: '2026-11-24T10:00:00Z',
    also: async ({ cards }) => (cards.length === 1 ? [] : [`${cards.length} digests in a day with a pause at nine`]),
  },
  {
    name: 'resumes a channel',
    tells: ['resumed'],
    begins: { ...now, state: { is: 'paused', arriving: 'keep' } },
    prepare: (system, worker) => handleShown(system, worker.handle), // what came woke it in vain
    wish: (owner, key) => owner.resume(key),
    until: '2026-11-23T08:15:00Z',
  },
  {
    name: 'makes a daily channel an immediate one',
    tells: ['changed'],
    wish: (owner, key) => owner.edit(key, now),
    until: '2026-11-23T08:15:00Z',
  },
  {
    name: 'makes it half an hour earlier',
    tells: ['changed'],
    wish: (owner, key) => owner.edit(key, { schedule: daily('08:30') }),
    until: '2026-11-23T08:45:00Z',
  },
  {
    name: 'gives another webhook to a channel whose digest waits',
    tells: ['changed'],
    begins: now,
    prepare: failOnce,
    wish: (owner, key) => owner.rotate(key, ANOTHER),
    until: HALF_PAST,
    async also(system) {
      const { id } = await channelOf(system);
      const { webhookVault, owner } = await system.start();
      const faults: string[] = [];
      if (system.cards.at(-1)?.webhook !== ANOTHER) faults.push('the last card went to the old webhook');
      if ((await webhookVault.read(id)) !== ANOTHER) faults.push('the vault has the old webhook');
      system.clock.advance(11 * 60_000);
      const claim = await owner.webhooks.claim({ account: 'acme', id: 'sub_new', identity: urlOf(id) });
      if (claim !== 'claimed') faults.push('the old webhook is still claimed');
      return faults;
    },
  },
  {
    name: 'removes a channel',
    tells: ['removed'],
    wish: (owner, key) => owner.remove(key),
    until: '2026-11-23T10:30:00Z',
    net: 'hourly',
    also: async (system) => [
      ...(await leftUnder(system, await channelOf(system))),
      ...system.cards.map(() => 'a card'),
    ],
  },
  {
    name: 'sends now',
    wish: (owner, key) => owner.sendNow(key),
    until: '2026-11-23T08:15:00Z',
  },
];

function toScenario({ name, begins = {}, prepare, wish, waiting = [], ...rest }: Wish): Scenario {
  return {
    ...rest,
    name: `an owner ${name}`,
    vault: 'needed',
    waiting,
    async prepare(system, worker) {
      const { id, account } = await system.subscribe(aSubscription(begins));
      await worker.webhookVault.put(id, urlOf(id));
      await worker.owner.webhooks.claim({ account, id, identity: urlOf(id) });
      await receive(system, worker, 'before');
      await prepare?.(system, worker);
    },
    operate: async (worker, system) => {
      await wish(worker.owner, await channelOf(system));
    },
    again: async (worker, system) => {
      await wish(worker.owner, await channelOf(system)).catch(() => {}); // removed already
    },
  };
}

function keyOf({ account, id }: SubscriptionKey): SubscriptionKey {
  return { account, id };
}

/** The first channel, as a key. */
export async function channelOf({ subscriptions }: System): Promise<SubscriptionKey> {
  for await (const row of subscriptions.list()) return keyOf(row.is === 'present' ? row.subscription : row.tombstone);
  return never();
}

/** Rule 18: what still stands under a tombstone. */
export async function leftUnder(system: System, { account, id }: SubscriptionKey): Promise<string[]> {
  const { webhookVault, owner } = await system.start();
  const left: string[] = [];
  if ((await system.subscriptions.read({ account, id }))?.is !== 'removed') left.push('the subscription itself');
  for await (const _ of system.inbox.listOld(id, Number.MAX_SAFE_INTEGER)) left.push('a page');
  for await (const { subscriptionId } of system.due.listAll()) if (subscriptionId === id) left.push('a due row');
  if ((await system.heads.read(id)).etag !== undefined) left.push('the head');
  if ((await webhookVault.read(id)) !== undefined) left.push('the secret');
  const claim = await owner.webhooks.claim({ account: 'acme', id: 'sub_new', identity: urlOf(id) });
  if (claim !== 'claimed') left.push('the claim');
  return left.map((what) => `${what} is left of a removed subscription`);
}

export const OWNING: readonly Scenario[] = [
  ...WISHES.map(toScenario),
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
];
