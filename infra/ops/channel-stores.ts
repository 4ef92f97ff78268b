/** The tables and queues of the product as the commands use them, made of the opened storage. */
import { createDigestsTable } from '../../shared/digests/digests-table.ts';
import { createHeadTable } from '../../shared/digests/head-table.ts';
import { createDeadLettersTable } from '../../shared/events/dead-letters-table.ts';
import { createDroppedTable } from '../../shared/events/dropped-table.ts';
import { createInboxTable } from '../../shared/events/inbox-table.ts';
import { createDigestsQueue } from '../../shared/schedules/digests-queue.ts';
import { createDueTable } from '../../shared/schedules/due-table.ts';
import { createSubscriptionsTable } from '../../shared/subscriptions/subscriptions-table.ts';
import type { Stores } from './stores.ts';

/** All that is kept of channels, and the clock by which it is. */
export type ChannelStores = ReturnType<typeof channelStores>;

/** Makes them; nothing is called. */
export function channelStores({ storage, clock }: Pick<Stores, 'storage' | 'clock'>) {
  return {
    clock,
    subscriptions: createSubscriptionsTable(storage.table('subscriptions')),
    inbox: createInboxTable(storage.table('inbox')),
    dropped: createDroppedTable(storage.table('inbox')),
    heads: createHeadTable(storage.table('inbox')),
    digests: createDigestsTable(storage.table('digests')),
    due: createDueTable(storage.table('due')),
    deadLetters: createDeadLettersTable(storage.table('deadletters')),
    jobs: createDigestsQueue(storage.queue('digests')),
  };
}
