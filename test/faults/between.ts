/** An owner's wish between any two steps of something a process does; then life goes on, and the wish must be honoured. */
import type { SubscriptionKey } from '../../shared/subscriptions/subscriptions-table.ts';
import { anEvent } from '../world/make.ts';
import { handleFirst, type Scenario } from './die-at.ts';
import { intentsWithoutRecord, judge } from './judge.ts';
import { liveOn } from './life.ts';
import { channelOf, leftUnder } from './scenarios/owning.ts';
import { aSystem, type Process, type System, type SystemOptions } from './system.ts';
import { createWire } from './wire.ts';

const TEN = Date.parse('2026-11-23T10:00:00Z');
const ELEVEN = Date.parse('2026-11-23T11:00:00Z');
const NEXT_DAY = '2026-11-25T09:30:00Z';
export const ANOTHER = 'https://webhook.invalid/another';

/** A wish, and what must hold when it came before a call of something else. */
export interface Wish {
  readonly name: string;
  readonly make: (owner: Process['owner'], key: SubscriptionKey) => Promise<unknown>;
  /** Checks and what the owner does later; `before` cards were posted until the operation ended. */
  readonly honoured: (world: Between) => Promise<readonly string[]>;
}

/** A system in which a wish was made. */
export interface Between {
  readonly system: System;
  readonly survivor: Process;
  readonly key: SubscriptionKey;
  readonly before: number;
}

/** Sends an event a minute from now, when every cache knows, and goes on to an instant. */
async function goOn({ system, survivor }: Between, title: string, until: number | string): Promise<void> {
  system.clock.advance(60_000);
  await system.emit(anEvent({ title }));
  await liveOn(system, survivor, { until });
}

function cardsSince({ system, key, before }: Between): typeof system.cards {
  return system.cards.slice(before).filter(({ subscriptionId }) => subscriptionId === key.id);
}

const silent = (world: Between, when: string) =>
  cardsSince(world).map(({ digestId }) => `${digestId} was posted ${when}`);

const DROPS = 'pauses, dropping what comes, and resumes at eleven';
const REMOVES = 'removes it';

export const WISHES: readonly Wish[] = [
  {
    name: 'pauses, keeping what comes, and resumes at eleven',
    make: (owner, key) => owner.pause(key, { arriving: 'keep' }),
    async honoured(world) {
      await goOn(world, 'while paused', ELEVEN);
      const faults = silent(world, 'while paused');
      await world.survivor.owner.resume(world.key);
      await goOn(world, 'after the pause', NEXT_DAY);
      return faults;
    },
  },
  {
    name: 'pauses until ten',
    make: (owner, key) => owner.pause(key, { arriving: 'keep', until: TEN }),
    async honoured(world) {
      await goOn(world, 'while paused', TEN - 1);
      const faults = silent(world, 'while paused');
      await goOn(world, 'after the pause', NEXT_DAY);
      return faults;
    },
  },
  {
    name: DROPS,
    make: (owner, key) => owner.pause(key, { arriving: 'drop' }),
    async honoured(world) {
      const { system, survivor, key } = world;
      await goOn(world, 'dropped', ELEVEN);
      const faults = silent(world, 'while paused');
      await survivor.owner.resume(key);
      await goOn(world, 'after the pause', NEXT_DAY);
      const shown = system.cards.some(
        ({ subscriptionId, shown }) => subscriptionId === key.id && shown.includes('dropped'),
      );
      return shown ? [...faults, 'what came while paused was kept'] : faults;
    },
  },
  {
    name: 'chooses ten instead',
    make: (owner, key) => owner.edit(key, { schedule: { every: 'day', at: '10:00', timeZone: 'UTC' } }),
    async honoured(world) {
      const begun = new Set(world.system.cards.map(({ digestId }) => digestId));
      const under = await digestInHand(world);
      await goOn(world, 'later', TEN - 1);
      const faults = cardsSince(world)
        .filter(({ digestId }) => !begun.has(digestId) && digestId !== under)
        .map(({ digestId }) => `${digestId} was begun before ten`);
      await liveOn(world.system, world.survivor, { until: NEXT_DAY });
      return faults;
    },
  },
  {
    name: 'gives another webhook',
    make: (owner, key) => owner.rotate(key, ANOTHER),
    async honoured(world) {
      const row = await world.system.subscriptions.read(world.key);
      const isActive = row?.is === 'present' && row.subscription.state.is === 'active';
      await goOn(world, 'later', NEXT_DAY);
      const disabled = isActive ? [] : ['what the old webhook answered disabled the channel'];
      const late = cardsSince(world)
        .filter(({ webhook }) => webhook !== ANOTHER)
        .map(({ digestId }) => `${digestId} went to the old webhook`);
      return [...disabled, ...late];
    },
  },
  {
    name: REMOVES,
    make: (owner, key) => owner.remove(key),
    async honoured(world) {
      const { system, survivor, key } = world;
      await system.emit(anEvent({ title: 'at once' })); // a receiver that knows the channel for five seconds more
      await goOn(world, 'later', NEXT_DAY);
      await survivor.reconcile();
      const faults = [...silent(world, 'after its removal'), ...(await leftUnder(system, key))];
      await liveOn(system, survivor, { until: '2026-11-26T09:30:00Z', net: 'hourly' });
      return [...faults, ...(await leftUnder(system, key))];
    },
  },
];

/** The digest that was begun and not ended: it goes on, whatever schedule comes. */
async function digestInHand({ system, key }: Between): Promise<string | undefined> {
  const { digest } = (await system.heads.read(key.id)).head;
  return digest === undefined ? undefined : `${key.id}_${digest.sequence}`;
}

/** What came of a run: calls of the operation, and faults. */
export interface RanBetween {
  readonly calls: readonly string[];
  readonly faults: readonly string[];
}

/** Runs a scenario's operation with a wish before its call number `at`. */
export async function wishBetween(
  scenario: Scenario,
  wish: Wish,
  at: number,
  vault: NonNullable<SystemOptions['vault']>,
): Promise<RanBetween> {
  const system = await aSystem({ vault });
  const worker = await system.start();
  await scenario.prepare(system, worker);
  const key = await channelOf(system);
  await worker.webhookVault.put(key.id, `https://webhook.invalid/${key.id}`);
  await worker.owner.webhooks.claim({ ...key, identity: `https://webhook.invalid/${key.id}` });
  const uncertain = await intentsWithoutRecord(system);
  const onTheWay = system.host.messages.flatMap(({ queue, text }) => (queue === 'events' ? titlesIn(text) : []));
  const owner = await system.start();
  const wire = createWire({ at, meanwhile: async () => void (await wish.make(owner.owner, key)) });
  const busy = await system.start(wire);
  await (scenario.operate ?? handleFirst)(busy, system);
  const calls = [...wire.calls];
  if (calls.length < at) return { calls, faults: [] };

  const world = { system, survivor: owner, key, before: system.cards.length };
  const faults = [...(await wish.honoured(world))];
  const isRemoved = wish.name === REMOVES; // and its record with it
  const dropped = wish.name === DROPS ? ['dropped', ...onTheWay] : [];
  faults.push(...(await judge(system, { uncertain: isRemoved ? 0 : uncertain.length, dropped })));
  return { calls, faults };
}

function titlesIn(text: string): string[] {
  const events: { readonly data?: { readonly title: string } }[] = JSON.parse(text);
  return events.flatMap(({ data }) => data?.title ?? []);
}
