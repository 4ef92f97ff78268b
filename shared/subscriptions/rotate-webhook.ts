/** Gives a subscription another webhook, or a new signature of the same one; its schedule and inbox stay (protocol rules 12, 19). */

import type { Seal } from '../platform/seal.ts';
import { wakeNow, wakeOnceCachesKnow } from '../schedules/wake-twice.ts';
import { changeSubscription } from './change-subscription.ts';
import type { ResumeDeps } from './resume-subscription.ts';
import type { Subscription } from './subscription.ts';
import { SubscriptionChangedError, SubscriptionNotFoundError } from './subscription-errors.ts';
import type { SubscriptionKey, SubscriptionsTable } from './subscriptions-table.ts';
import { WebhookNotAllowedError, WebhookTakenError } from './webhook-errors.ts';
import { createWebhookSeal } from './webhook-seal.ts';
import { type ExtraHost, type RecognisedWebhook, recogniseWebhook } from './webhook-url.ts';
import type { WebhookVault } from './webhook-vault.ts';
import type { WebhooksTable } from './webhooks-table.ts';

/** What changing a webhook needs. */
export interface RotateDeps extends ResumeDeps {
  readonly subscriptions: Pick<SubscriptionsTable, 'read' | 'replace'>;
  readonly webhookVault: Pick<WebhookVault, 'read' | 'put'>;
  readonly webhooks: Pick<WebhooksTable, 'claim' | 'release'>;
  readonly seal: Seal;
  readonly extraHosts: readonly ExtraHost[];
}

/**
 * Rotates. In this order: the claim, which can be refused; the sealed copy leaves the row, so that nobody opens the old one;
 * the vault, the record; the row with the new copy, kind and host; last the old claim. Stopped anywhere, what the vault holds
 * is what is posted to, and doing it again goes on. A dead webhook's channel is active again, and the wait of its digest over.
 * @throws WebhookNotAllowedError, WebhookTakenError, SubscriptionNotFoundError, SubscriptionChangedError or SecretsVaultError.
 */
export function createRotateWebhook(deps: RotateDeps) {
  const { webhooks, webhookVault, jobs, extraHosts } = deps;
  const webhookSeal = createWebhookSeal(deps.seal);

  return async function rotateWebhook(key: SubscriptionKey, url: string, ifRevision?: number): Promise<Subscription> {
    const recognised = recogniseWebhook(url, extraHosts);
    if ('refused' in recognised) throw new WebhookNotAllowedError(recognised.refused);
    const { identity } = recognised;
    const row = await deps.subscriptions.read(key);
    if (row?.is !== 'present') throw new SubscriptionNotFoundError();
    const { revision } = row.subscription;
    if (ifRevision !== undefined && ifRevision !== revision) throw new SubscriptionChangedError(revision);
    if ((await webhooks.claim({ identity, ...key })) === 'taken') throw new WebhookTakenError();
    const before = await webhookVault.read(key.id);
    await removeCopy(key);
    await webhookVault.put(key.id, url);
    const channel = { account: key.account, subscriptionId: key.id };
    await wakeOnceCachesKnow(jobs, channel);
    const rotated = await changeSubscription(deps, { key, to: (row) => withWebhook(row, recognised) });
    await wakeNow(jobs, channel);
    const old = before === undefined ? undefined : recogniseWebhook(before, extraHosts);
    if (old !== undefined && !('refused' in old) && old.identity !== identity)
      await webhooks.release({ identity: old.identity, ...key });
    return rotated;
  };

  async function removeCopy(key: SubscriptionKey): Promise<void> {
    for (;;) {
      const row = await deps.subscriptions.read(key);
      if (row?.is !== 'present') throw new SubscriptionNotFoundError();
      const { sealedWebhook: _, ...bare } = row.subscription;
      if ((await deps.subscriptions.replace(bare, row.etag)).done) return;
    }
  }

  function withWebhook(subscription: Subscription, { webhook, tenant, shownHost }: RecognisedWebhook): Subscription {
    const { id, target, state } = subscription;
    return {
      ...subscription,
      target: { ...target, kind: webhook.kind, host: shownHost, tenant },
      state: state.is === 'disabled' ? { is: 'active' } : state,
      sealedWebhook: webhookSeal.seal(id, webhook.url),
    };
  }
}

/** Rotates the webhook of one subscription. */
export type RotateWebhook = ReturnType<typeof createRotateWebhook>;
