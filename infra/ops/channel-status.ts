/** All that an operator asks about one channel: what it is, what waits, what is next, how it goes. */
import { digestIdOf } from '../../shared/digests/digest.ts';
import type { Head } from '../../shared/digests/head.ts';
import { countWaiting, type Waiting } from '../../shared/events/count-waiting.ts';
import type { DroppedBecause } from '../../shared/events/dropped-table.ts';
import { describeSchedule } from '../../shared/subscriptions/describe.ts';
import { dueRowOf } from '../../shared/subscriptions/due-of-subscription.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { viewOf } from '../../shared/subscriptions/subscription-view.ts';
import type { ChannelStores } from './channel-stores.ts';
import { lineOf, tableText, timeText } from './print.ts';
import { ownerText, stateText } from './subscription-text.ts';

/** What is known of it. `dropped`: events of the last 31 days, by why. */
export interface ChannelStatus {
  readonly subscription: Subscription;
  readonly head: Head;
  readonly waiting: Waiting;
  readonly nextDueAt: number | undefined;
  readonly dropped: Readonly<Partial<Record<DroppedBecause, number>>>;
}

/** Reads it. */
export async function readChannelStatus(stores: ChannelStores, subscription: Subscription): Promise<ChannelStatus> {
  const { id } = subscription;
  const dropped: Partial<Record<DroppedBecause, number>> = {};
  for await (const { because, count } of stores.dropped.list(id)) dropped[because] = (dropped[because] ?? 0) + count;
  const [{ head }, waiting] = await Promise.all([stores.heads.read(id), countWaiting(stores.inbox, id)]);
  return { subscription, head, waiting, nextDueAt: dueRowOf(subscription, stores.clock.now())?.dueAt, dropped };
}

/** As JSON: the API's view, and what only operators see. */
export function channelView({ subscription, head, waiting, nextDueAt, dropped }: ChannelStatus) {
  return {
    ...viewOf(subscription, head.health),
    owners: subscription.owners,
    waiting,
    nextDueAt: nextDueAt === undefined ? null : new Date(nextDueAt).toISOString(),
    digest: head.digest === undefined ? null : digestIdOf(subscription.id, head.digest.sequence),
    digestState: head.digest?.state ?? null,
    dropped,
  };
}

/** A line for each thing. */
export function channelText({ subscription, head, waiting, nextDueAt, dropped }: ChannelStatus): string {
  const { id, account, target, topics, scopes, minSeverity, urgentSeverity, schedule, owners, revision } = subscription;
  const { lastDeliveredAt, failingSince, reason } = head.health;
  const drops = Object.entries(dropped).map(([because, count]) => `${count} ${because}`);
  const rows: (readonly [string, string] | undefined)[] = [
    ['id', id],
    ['account', lineOf(account)],
    ['place', `${lineOf(target.name)} (${target.appType}, ${target.kind}, ${target.host})`],
    ['state', stateText(subscription)],
    ['told', describeSchedule(schedule)],
    ['topics', topics.length === 0 ? 'all' : topics.map(lineOf).join(', ')],
    ['scopes', scopes.length === 0 ? 'all' : scopes.map(lineOf).join(', ')],
    ['severity', `${minSeverity} and worse; at once: ${urgentSeverity ?? 'never'}`],
    ['owners', owners.length === 0 ? 'none' : owners.map(ownerText).join(', ')],
    ['revision', String(revision)],
    ['waiting', `${waiting.isAtLeast ? 'at least ' : ''}${waiting.events} events`],
    nextDueAt === undefined ? undefined : ['next due', timeText(nextDueAt)],
    ['delivered', lastDeliveredAt === undefined ? 'never' : `last at ${timeText(lastDeliveredAt)}`],
    failingSince === undefined ? undefined : ['failing', `since ${timeText(failingSince)}: ${lineOf(reason ?? '')}`],
    head.digest === undefined
      ? undefined
      : ['unfinished', `${digestIdOf(id, head.digest.sequence)}, ${head.digest.state}, ${head.digest.count} events`],
    drops.length === 0 ? undefined : ['dropped', `${drops.join(', ')} in the last 31 days`],
  ];
  return tableText(rows.filter((row) => row !== undefined));
}
