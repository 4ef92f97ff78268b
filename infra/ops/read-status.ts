/** How the whole is: counts from every table and queue, read and nothing else. */
import type { OutcomeName } from '../../shared/digests/digest.ts';
import type { DroppedBecause } from '../../shared/events/dropped-table.ts';
import { POISON_QUEUES, QUEUES } from '../../shared/platform/storage-client.ts';
import { ALL_SHARDS } from '../../shared/schedules/due-table.ts';
import { channelStores } from './channel-stores.ts';
import type { Stores } from './stores.ts';

/** A queue: its length with what is hidden, and for how long the first message that shows has been there. */
export interface QueueStatus {
  readonly name: string;
  readonly messages: number;
  readonly oldestMs: number | undefined;
}

/** Counts by a name. */
export type Counts = Readonly<Record<string, number>>;

/** A channel that needs somebody. */
export interface Ailing {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly since: number;
  readonly reason: string;
}

/** All of it; what is counted over time is since `since` (ms since 1970). */
export interface Status {
  readonly place: string;
  readonly at: number;
  readonly since: number;
  readonly queues: readonly QueueStatus[];
  readonly subscriptions: Counts;
  readonly disabled: readonly Ailing[];
  readonly failing: readonly Ailing[];
  /** What waits, and the channels where most does. */
  readonly waiting: {
    readonly events: number;
    readonly channels: number;
    readonly most: readonly (readonly [id: string, events: number])[];
  };
  /** Due rows whose minute has come, and by how much the oldest is late. */
  readonly due: { readonly late: number; readonly lateMs: number };
  readonly outcomes: Readonly<Partial<Record<OutcomeName, number>>>;
  readonly deadLetters: Counts;
  readonly dropped: Readonly<Partial<Record<DroppedBecause, number>>>;
}

const MOST = 5;

/** Reads it; `looked` is called for each row, since a large system takes minutes. */
export async function readStatus(stores: Stores, since: number, looked: () => void): Promise<Status> {
  const at = stores.clock.now();
  const [queues, channels, waiting, due, outcomes, deadLetters, dropped] = await Promise.all([
    Promise.all([...QUEUES, ...POISON_QUEUES].map((name) => readQueue(stores, name))),
    readChannels(stores, looked),
    readWaiting(stores, looked),
    readDue(stores, at),
    readOutcomes(stores, since, looked),
    readDeadLetters(stores, since),
    readDropped(stores, since),
  ]);
  return { place: stores.place, at, since, queues, ...channels, waiting, due, outcomes, deadLetters, dropped };
}

async function readQueue(
  { storage }: Stores,
  name: (typeof QUEUES | typeof POISON_QUEUES)[number],
): Promise<QueueStatus> {
  const queue = storage.queue(name);
  const [{ approximateMessagesCount = 0 }, { peekedMessageItems }] = await Promise.all([
    queue.getProperties(),
    queue.peekMessages(),
  ]);
  const first = peekedMessageItems[0]?.insertedOn.getTime();
  return { name, messages: approximateMessagesCount, oldestMs: first === undefined ? undefined : Date.now() - first };
}

async function readChannels(stores: Stores, looked: () => void) {
  const { subscriptions: table, heads } = channelStores(stores);
  const subscriptions: Record<string, number> = { active: 0, paused: 0, disabled: 0, removed: 0 };
  const disabled: Ailing[] = [];
  const known = new Map<string, Pick<Ailing, 'id' | 'account' | 'name'>>();
  for await (const row of table.list()) {
    looked();
    const is = row.is === 'removed' ? 'removed' : row.subscription.state.is;
    subscriptions[is] = (subscriptions[is] ?? 0) + 1;
    if (row.is === 'removed') continue;
    const { id, account, target, state } = row.subscription;
    known.set(id, { id, account, name: target.name });
    if (state.is === 'disabled')
      disabled.push({ id, account, name: target.name, since: state.since, reason: state.reason });
  }
  const failing: Ailing[] = [];
  for await (const { subscriptionId, head } of heads.list()) {
    const { failingSince, reason = '' } = head.health;
    const channel = known.get(subscriptionId);
    if (failingSince !== undefined && channel !== undefined) failing.push({ ...channel, since: failingSince, reason });
  }
  return { subscriptions, disabled, failing };
}

async function readWaiting(stores: Stores, looked: () => void): Promise<Status['waiting']> {
  const byChannel = new Map<string, number>();
  let events = 0;
  for await (const { subscriptionId, count } of channelStores(stores).inbox.listEveryOpen()) {
    looked();
    events += count;
    byChannel.set(subscriptionId, (byChannel.get(subscriptionId) ?? 0) + count);
  }
  const most = [...byChannel].sort(([, a], [, b]) => b - a).slice(0, MOST);
  return { events, channels: byChannel.size, most };
}

async function readDue(stores: Stores, now: number): Promise<Status['due']> {
  const { due } = channelStores(stores);
  let [late, lateMs] = [0, 0];
  for (const shard of ALL_SHARDS) {
    for await (const { dueAt } of due.listDue(shard, now)) {
      late += 1;
      lateMs = Math.max(lateMs, now - dueAt);
    }
  }
  return { late, lateMs };
}

async function readOutcomes(stores: Stores, since: number, looked: () => void): Promise<Status['outcomes']> {
  const counts: Partial<Record<OutcomeName, number>> = {};
  for await (const { record } of channelStores(stores).digests.listSince(since)) {
    looked();
    for (const { at, outcome } of record.attempts) if (at >= since) counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

async function readDeadLetters(stores: Stores, since: number): Promise<Counts> {
  const counts: Record<string, number> = {};
  for await (const { because = 'unknown' } of channelStores(stores).deadLetters.list(since))
    counts[because] = (counts[because] ?? 0) + 1;
  return counts;
}

async function readDropped(stores: Stores, since: number): Promise<Status['dropped']> {
  const counts: Partial<Record<DroppedBecause, number>> = {};
  for await (const { because, count } of channelStores(stores).dropped.listCounts(since))
    counts[because] = (counts[because] ?? 0) + count;
  return counts;
}
