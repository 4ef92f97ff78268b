/** `deliveries ID`: what was delivered to a channel, when, and why something was not. */
import { createReadTimeline, type DeliveryView } from '../../shared/delivery/timeline.ts';
import { channelStores } from './channel-stores.ts';
import type { Ops } from './create-ops.ts';
import { findSubscription } from './find-subscription.ts';
import { jsonText, lineOf, tableText, timeText } from './print.ts';

/** Adds it. */
export function addDeliveries({ program, terminal, open, ended }: Ops): void {
  program
    .command('deliveries')
    .description('shows the last 30 digests of a channel, newest first; exit 1 when the newest did not arrive')
    .argument('<id>', 'the subscription: sub_…')
    .option('--account <name>', 'its account: found faster with it')
    .option('--json', 'prints them as one JSON object')
    .action(async (id: string, { account, json }: { account?: string; json?: boolean }) => {
      const stores = channelStores(await open());
      const subscription = await findSubscription(stores.subscriptions, id, account);
      // A page's address lets whoever has it read the digest: commands print none.
      const timeline = await createReadTimeline({ ...stores, pageOf: async () => '' })(subscription);
      const deliveries = timeline.deliveries.map(({ page: _, ...shown }) => shown);
      terminal.out(json === true ? jsonText({ ...timeline, deliveries }) : deliveriesText(deliveries));
      const state = deliveries[0]?.state;
      ended(state === 'retrying' || state === 'returned' || state === 'unclear' ? 1 : 0);
    });
}

function deliveriesText(deliveries: readonly Omit<DeliveryView, 'page'>[]): string {
  if (deliveries.length === 0) return 'Nothing was delivered yet.\n';
  const lines = deliveries.map(({ at, id, count, urgent, state, attempts, reason, nextAttemptAt }) => [
    timeText(Date.parse(at)),
    id,
    `${count}${urgent ? ' urgent' : ''}`,
    state,
    String(attempts.length),
    [
      reason === null ? '' : lineOf(reason),
      nextAttemptAt === null ? '' : `Again at ${timeText(Date.parse(nextAttemptAt))}.`,
    ]
      .join(' ')
      .trim(),
  ]);
  return tableText([['AT', 'DIGEST', 'EVENTS', 'STATE', 'TRIES', ''], ...lines]);
}
