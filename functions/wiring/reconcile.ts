/** Puts together the hourly net: channels, poison that nobody reads any more, what may be forgotten. */
import { createReconcile } from '../../shared/delivery/reconcile.ts';
import { createOnceTable } from '../../shared/identity/once-table.ts';
import { createHoldsWebhook } from '../../shared/subscriptions/holds-webhook.ts';
import { createFinishRemoval } from '../../shared/subscriptions/remove-subscription.ts';
import { createWebhookVault } from '../../shared/subscriptions/webhook-vault.ts';
import { createWebhooksTable } from '../../shared/subscriptions/webhooks-table.ts';
import { createReconcileHandler } from '../reconcile.ts';
import { finishAnswers } from './actions.ts';
import { deliveryDeps } from './delivery.ts';
import * as parts from './parts.ts';
import { rescueAllPoison } from './poison.ts';

/** The handler of the hourly timer. */
export async function reconcileHandler() {
  const [config, storage, subscriptions] = await Promise.all([parts.config(), parts.storage(), parts.subscriptions()]);
  const webhookVault = createWebhookVault(await parts.vault());
  const extraHosts = config.WEBHOOK_HOSTS_EXTRA;
  const isSubscription = createHoldsWebhook({ subscriptions, webhookVault, extraHosts });
  const webhooks = createWebhooksTable({ table: storage.table('webhooks'), isSubscription, now: Date.now });
  const finishRemoval = createFinishRemoval({
    subscriptions,
    webhookVault,
    webhooks,
    extraHosts,
    tellProduct: await parts.tellProduct(),
  });
  const reconcile = createReconcile(await deliveryDeps(), { finishRemoval });
  const once = createOnceTable(storage.table('once'));
  const telemetry = await parts.telemetry();
  return createReconcileHandler(async () => {
    const poisonRescued = await rescueAllPoison(); // first: what comes back may be what a channel waits for
    const found = await reconcile();
    const answers = await finishAnswers();
    await once.removeOver(Date.now());
    return { ...found, poisonRescued, answersFinished: answers.finished, answersFailed: answers.failed };
  }, telemetry);
}
