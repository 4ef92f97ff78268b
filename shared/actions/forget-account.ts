/** The end of a customer: nothing is sent any more; what is stored goes with the next runs of `reconcile`. */
import type { AccountLinksTable } from '../identity/account-links-table.ts';
import type { AccountScopesTable } from '../identity/account-scopes-table.ts';
import type { RemoveSubscription } from '../subscriptions/remove-subscription.ts';
import { SubscriptionNotFoundError } from '../subscriptions/subscription-errors.ts';
import type { SubscriptionsTable } from '../subscriptions/subscriptions-table.ts';
import type { ActsTable } from './acts-table.ts';

/** What forgetting needs. */
export interface ForgetAccountDeps {
  readonly subscriptions: Pick<SubscriptionsTable, 'list'>;
  readonly remove: RemoveSubscription;
  readonly links: Pick<AccountLinksTable, 'forgetAccount'>;
  readonly scopes: Pick<AccountScopesTable, 'replace'>;
  readonly acts: Pick<ActsTable, 'removeOf'>;
}

/**
 * Forgets. Who may sign in goes first, so that nothing is made anew; then each subscription, as an owner would; then what is
 * left. Stopped half-way, doing it again goes on.
 */
export function createForgetAccount({ subscriptions, remove, links, scopes, acts }: ForgetAccountDeps) {
  return async function forgetAccount(account: string): Promise<void> {
    await links.forgetAccount(account);
    for await (const row of subscriptions.list(account)) {
      const { id } = row.is === 'present' ? row.subscription : row.tombstone;
      await remove({ account, id }).catch((error) => {
        if (!(error instanceof SubscriptionNotFoundError)) throw error; // removed before
      });
      await acts.removeOf(id);
    }
    await scopes.replace(account, []);
  };
}

/** Forgets an account. */
export type ForgetAccount = ReturnType<typeof createForgetAccount>;
