/** Puts together what the product calls: events by HTTP, and what it does for a customer. */
import type { HttpHandler } from '@azure/functions';
import { createExportAccount } from '../../shared/actions/export-account.ts';
import { createForgetAccount } from '../../shared/actions/forget-account.ts';
import { createQueueEvents } from '../../shared/events/events-queue.ts';
import { createRemoveSubscription } from '../../shared/subscriptions/remove-subscription.ts';
import * as accounts from '../accounts.ts';
import { createEmitEventsHandler } from '../emit-events.ts';
import { show } from './api.ts';
import { changeDeps } from './changing.ts';
import * as parts from './parts.ts';
import { webhookDeps } from './subscribing.ts';
import * as tables from './tables.ts';

/** `POST /api/events`. */
export async function emitEventsHandler(): Promise<HttpHandler> {
  return createEmitEventsHandler(
    createQueueEvents((await parts.storage()).queue('events'), (await parts.telemetry()).trace),
  );
}

const accountsDeps = parts.once(async (): Promise<accounts.AccountsDeps> => {
  const [change, webhook] = await Promise.all([changeDeps(), webhookDeps()]);
  const kept = {
    subscriptions: change.subscriptions,
    scopes: await tables.accountScopes(),
    links: await tables.accountLinks(),
    acts: await tables.acts(),
    heads: await tables.heads(),
    digests: await tables.digests(),
    inbox: await tables.inbox(),
  };
  return {
    ...kept,
    show: await show(),
    exportAccount: createExportAccount({ ...kept, now: change.clock.now }),
    forgetAccount: createForgetAccount({ ...kept, remove: createRemoveSubscription({ ...change, ...webhook }) }),
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
