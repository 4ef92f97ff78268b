/** Puts together what the product calls: events by HTTP, and what it does for a customer. */
import type { HttpHandler } from '@azure/functions';
import { createDigestsTable } from '../../shared/digests/digests-table.ts';
import { createQueueEvents } from '../../shared/events/events-queue.ts';
import { createInboxTable } from '../../shared/events/inbox-table.ts';
import { eventsOf } from '../../shared/events/page.ts';
import { createAccountScopesTable } from '../../shared/identity/account-scopes-table.ts';
import { createRemoveSubscription } from '../../shared/subscriptions/remove-subscription.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { SubscriptionNotFoundError } from '../../shared/subscriptions/subscription-errors.ts';
import * as accounts from '../accounts.ts';
import { createEmitEventsHandler } from '../emit-events.ts';
import { show } from './api.ts';
import { accountLinks } from './identity.ts';
import * as parts from './parts.ts';
import { webhookDeps } from './subscribing.ts';

/** Events exported of one channel; more are counted. */
const MAX_WAITING = 5_000;

/** `POST /api/events`. */
export async function emitEventsHandler(): Promise<HttpHandler> {
  return createEmitEventsHandler(createQueueEvents((await parts.storage()).queue('events')));
}

const accountsDeps = parts.once(async (): Promise<accounts.AccountsDeps> => {
  const [storage, subscriptions, clock] = await Promise.all([parts.storage(), parts.subscriptions(), parts.clock()]);
  return {
    scopes: createAccountScopesTable(storage.table('accounts')),
    subscriptions,
    show: await show(),
    linksOf: async (account) => (await accountLinks()).listOfAccount(account),
    exportOf,
    removeAccount,
    now: clock.now,
  };
});

/** `PUT …/scopes`, `GET …/subscriptions`, `GET …/export`, `DELETE /api/accounts/{account}`. */
export async function accountHandler(what: 'scopes' | 'subscriptions' | 'export' | 'remove'): Promise<HttpHandler> {
  const handlers = {
    scopes: accounts.createPutScopesHandler,
    subscriptions: accounts.createListAccountHandler,
    export: accounts.createExportAccountHandler,
    remove: accounts.createRemoveAccountHandler,
  };
  return handlers[what](await accountsDeps());
}

async function exportOf({ id }: Subscription): Promise<object> {
  const storage = await parts.storage();
  const inbox = createInboxTable(storage.table('inbox'));
  const digests: object[] = [];
  for await (const { record } of createDigestsTable(storage.table('digests')).list(id)) digests.push(record);
  const waiting: object[] = [];
  let waitingMore = 0;
  for await (const page of inbox.listPages({ subscriptionId: id, from: 0 })) {
    if (waiting.length < MAX_WAITING) waiting.push(...eventsOf(page));
    else waitingMore += page.count;
  }
  const answers = (await (await parts.acts()).listOfSubscription(id)).map(({ act }) => act);
  return { digests, answers, waiting, waitingMore };
}

/** Who may sign in goes first, so that nothing is made anew; then each subscription, as an owner would; then what is left. Stopped half-way, doing it again goes on. */
async function removeAccount(account: string): Promise<void> {
  const [change, webhook, storage, acts] = await Promise.all([
    parts.changeDeps(),
    webhookDeps(),
    parts.storage(),
    parts.acts(),
  ]);
  const remove = createRemoveSubscription({ ...change, ...webhook });
  await (await accountLinks()).forgetAccount(account);
  for await (const row of change.subscriptions.list(account)) {
    const { id } = row.is === 'present' ? row.subscription : row.tombstone;
    await remove({ account, id }).catch((error) => {
      if (!(error instanceof SubscriptionNotFoundError)) throw error; // removed before
    });
    await acts.removeOf(id);
  }
  await createAccountScopesTable(storage.table('accounts')).replace(account, []);
}
