/** Puts together what the product calls: events by HTTP, and what it does for a customer. */
import type { HttpHandler } from '@azure/functions';
import { createQueueEvents } from '../../shared/events/events-queue.ts';
import { eventsOf } from '../../shared/events/page.ts';
import { createRemoveSubscription } from '../../shared/subscriptions/remove-subscription.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { SubscriptionNotFoundError } from '../../shared/subscriptions/subscription-errors.ts';
import * as accounts from '../accounts.ts';
import { createEmitEventsHandler } from '../emit-events.ts';
import { show } from './api.ts';
import { changeDeps } from './changing.ts';
import * as parts from './parts.ts';
import { webhookDeps } from './subscribing.ts';
import * as tables from './tables.ts';

/** Events exported of one channel; more are counted. */
const MAX_WAITING = 5_000;

/** `POST /api/events`. */
export async function emitEventsHandler(): Promise<HttpHandler> {
  return createEmitEventsHandler(
    createQueueEvents((await parts.storage()).queue('events'), (await parts.telemetry()).trace),
  );
}

const accountsDeps = parts.once(async (): Promise<accounts.AccountsDeps> => {
  return {
    scopes: await tables.accountScopes(),
    subscriptions: await tables.subscriptions(),
    show: await show(),
    linksOf: async (account) => (await tables.accountLinks()).listOfAccount(account),
    exportOf,
    removeAccount,
    now: (await parts.clock()).now,
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
  const inbox = await tables.inbox();
  const digests: object[] = [];
  for await (const { record } of (await tables.digests()).list(id)) digests.push(record);
  const waiting: object[] = [];
  let waitingMore = 0;
  for await (const page of inbox.listPages({ subscriptionId: id, from: 0 })) {
    if (waiting.length < MAX_WAITING) waiting.push(...eventsOf(page));
    else waitingMore += page.count;
  }
  const answers = (await (await tables.acts()).listOfSubscription(id)).map(({ act }) => act);
  return { digests, answers, waiting, waitingMore };
}

/** Who may sign in goes first, so that nothing is made anew; then each subscription, as an owner would; then what is left. Stopped half-way, doing it again goes on. */
async function removeAccount(account: string): Promise<void> {
  const [change, webhook, acts] = await Promise.all([changeDeps(), webhookDeps(), tables.acts()]);
  const remove = createRemoveSubscription({ ...change, ...webhook });
  await (await tables.accountLinks()).forgetAccount(account);
  for await (const row of change.subscriptions.list(account)) {
    const { id } = row.is === 'present' ? row.subscription : row.tombstone;
    await remove({ account, id }).catch((error) => {
      if (!(error instanceof SubscriptionNotFoundError)) throw error; // removed before
    });
    await acts.removeOf(id);
  }
  await (await tables.accountScopes()).replace(account, []);
}
