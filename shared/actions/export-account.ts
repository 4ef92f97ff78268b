/** What is kept of a customer, but for the addresses of webhooks, which are secrets of theirs, and what digests' pages show. */
import type { DigestsTable } from '../digests/digests-table.ts';
import type { HeadTable } from '../digests/head-table.ts';
import type { InboxTable } from '../events/inbox-table.ts';
import { eventsOf } from '../events/page.ts';
import type { AccountLinksTable } from '../identity/account-links-table.ts';
import type { AccountScopesTable } from '../identity/account-scopes-table.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { viewOf } from '../subscriptions/subscription-view.ts';
import type { SubscriptionsTable } from '../subscriptions/subscriptions-table.ts';
import type { ActsTable } from './acts-table.ts';

/** What exporting reads. */
export interface ExportAccountDeps {
  readonly subscriptions: Pick<SubscriptionsTable, 'list'>;
  readonly scopes: Pick<AccountScopesTable, 'list'>;
  readonly links: Pick<AccountLinksTable, 'listOfAccount'>;
  readonly heads: Pick<HeadTable, 'read'>;
  readonly digests: Pick<DigestsTable, 'list'>;
  readonly inbox: Pick<InboxTable, 'listPages'>;
  readonly acts: Pick<ActsTable, 'listOfSubscription'>;
  readonly now: () => number;
}

/** Events exported of one channel; more are counted. */
const MAX_WAITING = 5_000;

/** Exports one account, as a value to be written as JSON. */
export function createExportAccount(deps: ExportAccountDeps) {
  const { subscriptions, scopes, links, heads, digests, inbox, acts, now } = deps;

  return async function exportAccount(account: string): Promise<object> {
    const present: Subscription[] = [];
    for await (const row of subscriptions.list(account)) if (row.is === 'present') present.push(row.subscription);
    present.sort((a, b) => a.createdAt - b.createdAt);
    const exported: object[] = [];
    for (const subscription of present) exported.push(await exportOf(subscription));
    return {
      account,
      exportedAt: new Date(now()).toISOString(),
      scopes: await scopes.list(account),
      links: await links.listOfAccount(account),
      subscriptions: exported,
    };
  };

  async function exportOf(subscription: Subscription): Promise<object> {
    const { id, owners } = subscription;
    const records: object[] = [];
    for await (const { record } of digests.list(id)) records.push(record);
    const waiting: object[] = [];
    let waitingMore = 0;
    for await (const page of inbox.listPages({ subscriptionId: id, from: 0 })) {
      if (waiting.length < MAX_WAITING) waiting.push(...eventsOf(page));
      else waitingMore += page.count;
    }
    const answers = (await acts.listOfSubscription(id)).map(({ act }) => act);
    const view = viewOf(subscription, (await heads.read(id)).head.health);
    return { ...view, owners, digests: records, answers, waiting, waitingMore };
  }
}

/** Exports an account. */
export type ExportAccount = ReturnType<typeof createExportAccount>;
