/** Fills the system with what a measurement starts from. None of it is counted. */

import type { Event } from '../../shared/events/event.ts';
import { createInboxTable } from '../../shared/events/inbox-table.ts';
import { packEvent } from '../../shared/events/pack-event.ts';
import { pageKey } from '../../shared/events/page.ts';
import { toQueueText } from '../../shared/platform/queue-text.ts';
import { type DueRow, duePartition, shardOf } from '../../shared/schedules/due-row.ts';
import { createDueTable } from '../../shared/schedules/due-table.ts';
import type { TimedSchedule } from '../../shared/schedules/schedule.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { createSubscriptionsTable } from '../../shared/subscriptions/subscriptions-table.ts';
import { aSubscription } from '../world/make.ts';
import type { BenchSystem } from './system.ts';

const MINUTE = 60_000;
/** Azurite has one thread: more at once gain nothing. */
const AT_ONCE = 32;

/** An event as products send them: some 450 bytes of JSON. */
export function benchEvent(number: number, account = 'acme'): Event {
  return {
    specversion: '1.0',
    id: `event-${number}`,
    source: 'https://builds.example/acme/api',
    type: 'build.failed',
    time: new Date(Date.UTC(2026, 10, 21) + number).toISOString(),
    subject: `build/${number}`,
    account,
    scope: 'acme/api',
    severity: number % 10 === 0 ? 'error' : 'info',
    data: {
      title: `Build ${number} failed`,
      text: `${number % 7} of 812 tests failed on *main*, the first of them "keeps a digest open".`,
      url: `https://builds.example/acme/api/${number}`,
      group: `branch-${number % 20}`,
      facts: [{ name: 'Duration', value: `${number % 60} min` }],
    },
  };
}

/** The schedule that is due at an instant of today. */
export function dailyAt(instant: number): TimedSchedule {
  return { every: 'day', at: new Date(instant).toISOString().slice(11, 16), timeZone: 'UTC' };
}

/** The minute that began last, less some. */
export function minuteAgo(minutes: number): number {
  return (Math.floor(Date.now() / MINUTE) - minutes) * MINUTE;
}

/** The due row of one of many subscriptions. */
export function dueRow(subscriptionId: string, dueAt: number): DueRow {
  return {
    account: 'acme',
    subscriptionId,
    dueAt,
    revision: 1,
    duty: { is: 'schedule', schedule: dailyAt(dueAt) },
  };
}

/** Inserts due rows, a hundred to a transaction. */
export async function putDueRows({ storage }: BenchSystem, rows: readonly DueRow[]): Promise<void> {
  const due = createDueTable(storage.table('due'));
  const partitions = new Map<string, DueRow[]>();
  for (const row of rows) partitions.set(partitionOf(row), [...(partitions.get(partitionOf(row)) ?? []), row]);
  await inParallel([...partitions.values()], AT_ONCE, (partition) => due.insertAll(partition));
}

/** Stores subscriptions whose webhooks are the sink's, each under a path that is its id. */
export async function putSubscriptions(
  { storage, webhookSeal, sink }: BenchSystem,
  changes: readonly (Partial<Subscription> & { readonly id: string })[],
): Promise<void> {
  const subscriptions = createSubscriptionsTable(storage.table('subscriptions'));
  await inParallel(changes, AT_ONCE, async (change) => {
    const sealedWebhook = webhookSeal.seal(change.id, `${sink.origin}/${change.id}`);
    await subscriptions.create(aSubscription({ ...change, sealedWebhook }));
  });
}

/** Puts one page of events into each of many inboxes. */
export async function putPages(
  { storage }: BenchSystem,
  subscriptionIds: readonly string[],
  events: readonly Event[],
): Promise<void> {
  const inbox = createInboxTable(storage.table('inbox'));
  const packed = events.map(packEvent);
  let counter = 0;
  await inParallel(subscriptionIds, AT_ONCE, (id) =>
    inbox.insertPage(id, pageKey(Date.now(), 'bench', ++counter), 'ordinary', packed),
  );
}

/** Puts messages of events on the product's queue; a message of one is the event alone. */
export async function putMessages({ storage }: BenchSystem, messages: readonly (readonly Event[])[]): Promise<void> {
  const queue = storage.queue('events');
  await inParallel(messages, AT_ONCE, (events) =>
    queue.sendMessage(toQueueText(events.length === 1 ? events[0] : events)),
  );
}

/** Runs `work` over `items`, at most `most` at a time. */
export async function inParallel<T>(
  items: Iterable<T>,
  most: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const worker = async () => {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: most }, worker));
}

function partitionOf({ subscriptionId, dueAt }: DueRow): string {
  return duePartition(shardOf(subscriptionId), dueAt);
}
