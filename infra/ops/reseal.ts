/** `reseal`: every webhook's sealed copy under the current sealing key, from the vault. */
import { usedFrom } from '../../shared/platform/key-rotation.ts';
import { createSeal } from '../../shared/platform/seal.ts';
import { createResealWebhooks, type Resealed } from '../../shared/subscriptions/reseal-webhooks.ts';
import { createSubscriptionsTable } from '../../shared/subscriptions/subscriptions-table.ts';
import { createWebhookVault } from '../../shared/subscriptions/webhook-vault.ts';
import type { Terminal } from './create-ops.ts';
import { timeText } from './print.ts';
import type { Stores } from './stores.ts';

const TELL_EVERY = 1_000;

/** Reseals what needs it; 1 when the vault lacks a webhook, and says whose. */
export async function reseal(terminal: Terminal, stores: Stores, format: 'json' | 'lines'): Promise<0 | 1> {
  const keys = (await stores.keys()).ring('sealing-key');
  const resealWebhooks = createResealWebhooks({
    keys,
    seal: createSeal(keys),
    webhookVault: createWebhookVault(stores.vault),
    subscriptions: createSubscriptionsTable(stores.storage.table('subscriptions')),
  });
  let done: Resealed = { looked: 0, resealed: 0, failed: [] };
  for (const steps = resealWebhooks(); ; ) {
    const step = await steps.next();
    done = step.value;
    if (step.done) break;
    if (done.looked % TELL_EVERY === 0) terminal.err(`${done.looked} looked at, ${done.resealed} resealed\n`);
  }
  if (format === 'json') terminal.out(`${JSON.stringify(done)}\n`);
  else {
    terminal.out(`${done.looked} subscriptions looked at, ${done.resealed} resealed, ${done.failed.length} failed\n`);
    for (const id of done.failed)
      terminal.out(
        `${id}: the vault did not give its webhook. Run it again; if it stays, its owner connects it anew.\n`,
      );
  }
  const [newest] = keys.all();
  if (newest !== undefined && newest.id !== keys.current().id)
    terminal.err(`A newer sealing-key is used from ${timeText(usedFrom(newest.createdAt))} on: run this again then.\n`);
  return done.failed.length === 0 ? 0 : 1;
}
