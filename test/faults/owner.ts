/** What an owner can do, in one process. */
import type { Clock } from '../../shared/platform/clock.ts';
import type { Storage } from '../../shared/platform/storage-client.ts';
import type { DigestsQueue } from '../../shared/schedules/digests-queue.ts';
import { createDueTable } from '../../shared/schedules/due-table.ts';
import { createEditSubscription } from '../../shared/subscriptions/edit-subscription.ts';
import { createHoldsWebhook } from '../../shared/subscriptions/holds-webhook.ts';
import { createPauseSubscription } from '../../shared/subscriptions/pause-subscription.ts';
import { createFinishRemoval, createRemoveSubscription } from '../../shared/subscriptions/remove-subscription.ts';
import { createResumeSubscription } from '../../shared/subscriptions/resume-subscription.ts';
import { createRotateWebhook } from '../../shared/subscriptions/rotate-webhook.ts';
import { createSendNow } from '../../shared/subscriptions/send-now.ts';
import { createSubscriptionsTable } from '../../shared/subscriptions/subscriptions-table.ts';
import type { TellProduct } from '../../shared/subscriptions/tell-product.ts';
import type { WebhookVault } from '../../shared/subscriptions/webhook-vault.ts';
import { createWebhooksTable } from '../../shared/subscriptions/webhooks-table.ts';
import { seal } from './sealing.ts';

interface Deps {
  readonly storage: Pick<Storage, 'table'>;
  readonly jobs: DigestsQueue;
  readonly webhookVault: WebhookVault;
  readonly clock: Clock;
  readonly tellProduct: TellProduct;
}

/** The use cases, put together as the app does. */
export function createOwner({ storage, jobs, webhookVault, clock, tellProduct }: Deps) {
  const subscriptions = createSubscriptionsTable(storage.table('subscriptions'));
  const due = createDueTable(storage.table('due'));
  const extraHosts = [{ kind: 'connector', origin: 'https://webhook.invalid' }] as const;
  const webhooks = createWebhooksTable({
    table: storage.table('webhooks'),
    isSubscription: createHoldsWebhook({ subscriptions, webhookVault, extraHosts }),
    now: clock.realNow,
  });
  const deps = { subscriptions, due, jobs, clock, tellProduct, webhookVault, webhooks, seal, extraHosts };
  return {
    webhooks,
    pause: createPauseSubscription(deps),
    resume: createResumeSubscription(deps),
    edit: createEditSubscription(deps),
    rotate: createRotateWebhook(deps),
    remove: createRemoveSubscription(deps),
    sendNow: createSendNow(deps),
    finishRemoval: createFinishRemoval(deps),
  };
}
