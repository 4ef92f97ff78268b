/** Changes what an owner chose: topics, scopes, severities, schedule (protocol rules 4, 15). */

import { isAmong } from '../identity/person.ts';
import { wakeNow, wakeOnceCachesKnow } from '../schedules/wake-twice.ts';
import { changeSubscription } from './change-subscription.ts';
import type { ResumeDeps } from './resume-subscription.ts';
import { type Choices, isImmediate, type Subscription } from './subscription.ts';
import { NoticeChannelError } from './subscription-errors.ts';
import { isSubscriptionId } from './subscription-id.ts';
import type { SubscriptionKey } from './subscriptions-table.ts';

/** What an owner changes: some choices, and how they call the channel. */
export type Edit = Partial<Choices> & { readonly name?: string | undefined };

/**
 * Edits. An edit to immediate wakes what waits: now, and once caches know, since until then events still come as for a
 * schedule, without a wake. A hidden job goes first, as when resuming; the one that counts is put after the change, which can
 * take longer to be written than that job is hidden.
 */
export function createEditSubscription(deps: ResumeDeps) {
  return async function editSubscription(
    key: SubscriptionKey,
    { name, ...choices }: Edit,
    ifRevision?: number,
  ): Promise<Subscription> {
    if (typeof choices.noticeTo === 'string') await checkNotice(deps, key, choices.noticeTo);
    const channel = { account: key.account, subscriptionId: key.id };
    const wakes = choices.schedule !== undefined && isImmediate(choices.schedule);
    if (wakes) await wakeOnceCachesKnow(deps.jobs, channel);
    const edited = await changeSubscription(deps, {
      key,
      ifRevision,
      to: (subscription) => ({
        ...subscription,
        ...choices,
        target: name === undefined ? subscription.target : { ...subscription.target, name },
      }),
    });
    if (wakes) {
      await wakeNow(deps.jobs, channel);
      await wakeOnceCachesKnow(deps.jobs, channel);
    }
    return edited;
  };
}

/** Another channel of the account, of which one person of this one's owners is an owner too. */
async function checkNotice({ subscriptions }: ResumeDeps, key: SubscriptionKey, noticeTo: string): Promise<void> {
  const [row, other] = await Promise.all([
    subscriptions.read(key),
    isSubscriptionId(noticeTo) ? subscriptions.read({ account: key.account, id: noticeTo }) : undefined,
  ]);
  if (row?.is !== 'present') return; // which the change itself says
  const owners = other?.is === 'present' && noticeTo !== key.id ? other.subscription.owners : [];
  if (!row.subscription.owners.some((owner) => isAmong(owner, owners))) throw new NoticeChannelError();
}

/** Edits one subscription. */
export type EditSubscription = ReturnType<typeof createEditSubscription>;
