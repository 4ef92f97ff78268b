/**
 * Tells the product what becomes of its customers' subscriptions, at least once each. The row that a change writes carries what
 * is to be told; then it is put on `connector-events`; then the row is marked. Stopped in between, the next change tells it, or
 * the hourly net: with the same id, by which the product knows that it has it.
 */
import type { Clock } from '../platform/clock.ts';
import type { ConnectorEventsQueue } from '../platform/connector-events-queue.ts';
import { digestJob } from '../schedules/digest-job.ts';
import type { DigestsQueue } from '../schedules/digests-queue.ts';
import type { News } from './news.ts';
import { type ChangedBy, newsOf, newsOfRemoval, toConnectorEvent } from './news-of-change.ts';
import type { Subscription, Tombstone } from './subscription.ts';
import type { SubscriptionKey, SubscriptionsTable } from './subscriptions-table.ts';

/** What telling needs. `publicUrl` is the events' source. */
export interface TellDeps {
  readonly subscriptions: Pick<SubscriptionsTable, 'read' | 'replace'>;
  readonly connectorEvents: ConnectorEventsQueue;
  readonly jobs: DigestsQueue;
  readonly clock: Pick<Clock, 'now'>;
  readonly publicUrl: string;
  /** Who asks for changes of which nobody else is named; default: owners. */
  readonly by?: ChangedBy;
}

/** See each. Whoever writes a subscription's row notes before, and tells after. */
export interface TellProduct {
  /** The row to write: `after`, with what is to be told of the change; `before` undefined for a new subscription. */
  note(before: Subscription | undefined, after: Subscription, by?: ChangedBy): Subscription;
  /** The tombstone to write: what was not told yet goes with it. */
  noteRemoval(tombstone: Tombstone, last: Subscription | undefined): Tombstone;
  /** Tells what the row carries, and marks the row. Throws what storage says: then it is still to be told. */
  tell(subscription: Subscription): Promise<void>;
  /** Tells what a tombstone carries; who calls marks it. */
  tellRemoval(tombstone: Tombstone): Promise<void>;
}

/** Tells. A disabled channel's notice to another channel is asked for here too, so that it is not lost either. */
export function createTellProduct(deps: TellDeps): TellProduct {
  const { subscriptions, connectorEvents, jobs, clock, publicUrl, by: asker = 'owner' } = deps;

  async function put({ account, id }: SubscriptionKey, untold: readonly News[]): Promise<void> {
    for (const news of untold)
      await connectorEvents.put(toConnectorEvent(news, { publicUrl, account, subscriptionId: id }));
  }

  /** Others may have written the row since, with news of their own: those stay. */
  async function mark(key: SubscriptionKey, told: readonly News[]): Promise<void> {
    for (;;) {
      const row = await subscriptions.read(key);
      if (row?.is !== 'present') return;
      const { untold = [], ...bare } = row.subscription;
      const left = untold.filter(({ id }) => !told.some((news) => news.id === id));
      if (left.length === untold.length) return;
      const marked = left.length === 0 ? bare : { ...bare, untold: left };
      if ((await subscriptions.replace(marked, row.etag)).done) return;
    }
  }

  return {
    note(before, after, by = asker) {
      const news = newsOf({ before, after, by, at: clock.now() });
      return news.length === 0 ? after : { ...after, untold: [...(after.untold ?? []), ...news] };
    },

    noteRemoval(tombstone, last) {
      const news = newsOfRemoval({ id: tombstone.id, last, at: tombstone.removedAt, by: asker });
      return { ...tombstone, untold: [...(last?.untold ?? []), news] };
    },

    async tell(subscription) {
      const { untold = [], noticeTo, state, account, id } = subscription;
      if (untold.length === 0) return;
      await put(subscription, untold);
      if (state.is === 'disabled' && typeof noticeTo === 'string')
        await jobs.put(
          digestJob({ account, subscriptionId: noticeTo }, { why: 'notice', about: id, since: state.since }),
        );
      await mark(subscription, untold);
    },

    async tellRemoval(tombstone) {
      await put(tombstone, tombstone.untold ?? []);
    },
  };
}
