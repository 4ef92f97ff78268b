/** Puts together what makes and keeps subscriptions: claims, vault, row, and what follows a new one. */
import { createSeal } from '../../shared/platform/seal.ts';
import { digestJob } from '../../shared/schedules/digest-job.ts';
import { dueRowOf } from '../../shared/subscriptions/due-of-subscription.ts';
import { createHoldsWebhook } from '../../shared/subscriptions/holds-webhook.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { createWebhookVault } from '../../shared/subscriptions/webhook-vault.ts';
import { createWebhooksTable } from '../../shared/subscriptions/webhooks-table.ts';
import { tellProduct } from './changing.ts';
import * as parts from './parts.ts';
import * as tables from './tables.ts';

/** What whoever changes webhooks needs. */
export const webhookDeps = parts.once(async () => {
  const [config, subscriptions, storage] = await Promise.all([parts.config(), tables.subscriptions(), parts.storage()]);
  const webhookVault = createWebhookVault(await parts.vault());
  const extraHosts = config.WEBHOOK_HOSTS_EXTRA;
  const isSubscription = createHoldsWebhook({ subscriptions, webhookVault, extraHosts });
  const webhooks = createWebhooksTable({ table: storage.table('webhooks'), isSubscription, now: Date.now });
  return { webhookVault, webhooks, extraHosts, seal: createSeal((await parts.keys()).ring('sealing-key')) };
});

/** What storing a new subscription needs. */
export const storeDeps = parts.once(async () => {
  const { webhookVault, webhooks, extraHosts, seal } = await webhookDeps();
  const [clock, due, jobs, { topics }] = await Promise.all([
    parts.clock(),
    tables.due(),
    parts.jobs(),
    parts.catalogue(),
  ]);
  return {
    webhooks,
    vault: webhookVault,
    seal,
    extraHosts,
    subscriptions: await tables.subscriptions(),
    tellProduct: await tellProduct(),
    recommendedTopics: () => topics.filter(({ recommended }) => recommended).map(({ type }) => type),
    clock,
    onCreated: async (subscription: Subscription) => {
      const row = dueRowOf(subscription, clock.now());
      if (row !== undefined) await due.put(row);
      await jobs.put(digestJob({ account: subscription.account, subscriptionId: subscription.id }, { why: 'welcome' }));
    },
  };
});
