/** Finds a subscription by the id that an operator gives, with or without its account. */
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { isSubscriptionId } from '../../shared/subscriptions/subscription-id.ts';
import type { SubscriptionRow, SubscriptionsTable } from '../../shared/subscriptions/subscriptions-table.ts';
import { OpsCallError } from './call-error.ts';
import { lineOf, timeText } from './print.ts';

/** What stands under the id; undefined where nothing does. Without its account the whole table is asked for it. */
export async function findRow(
  { read, find }: Pick<SubscriptionsTable, 'read' | 'find'>,
  id: string,
  account: string | undefined,
): Promise<SubscriptionRow | undefined> {
  return account === undefined ? find(id) : read({ account, id });
}

/** The subscription. @throws OpsCallError where there is none any more, or never was. */
export async function findSubscription(
  subscriptions: Pick<SubscriptionsTable, 'read' | 'find'>,
  id: string,
  account: string | undefined,
): Promise<Subscription> {
  const row = await findRow(subscriptions, id, account);
  if (row?.is === 'present') return row.subscription;
  if (row?.is === 'removed') throw new OpsCallError(`${id} was removed at ${timeText(row.tombstone.removedAt)}.`);
  const hint = isSubscriptionId(id)
    ? 'See `subscriptions list`.'
    : 'An id is sub_ and 32 hexadecimal digits: see `subscriptions list`.';
  throw new OpsCallError(
    `There is no subscription "${lineOf(id)}"${account === undefined ? '' : ` of account ${lineOf(account)}`}. ${hint}`,
  );
}
