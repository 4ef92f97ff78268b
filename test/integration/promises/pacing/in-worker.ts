/** What runs inside a process of the pacing test, and the messages between it and the test. */
import type { DeliveryDeps } from '../../../../shared/delivery/delivery-deps.ts';
import { createSendDigest } from '../../../../shared/delivery/send-digest.ts';
import { createPostCard } from '../../../../shared/delivery/webhook-client.ts';
import { createDigestsTable } from '../../../../shared/digests/digests-table.ts';
import { createHeadTable } from '../../../../shared/digests/head-table.ts';
import { createDroppedTable } from '../../../../shared/events/dropped-table.ts';
import { createInboxTable } from '../../../../shared/events/inbox-table.ts';
import type { Config } from '../../../../shared/platform/config.ts';
import { silentLog } from '../../../../shared/platform/log.ts';
import { createStorage } from '../../../../shared/platform/storage-client.ts';
import { newNonce } from '../../../../shared/platform/table-rows.ts';
import { silentTelemetry } from '../../../../shared/platform/telemetry/telemetry.ts';
import type { DigestJob } from '../../../../shared/schedules/digest-job.ts';
import { createDueTable } from '../../../../shared/schedules/due-table.ts';
import { createSubscriptionsTable } from '../../../../shared/subscriptions/subscriptions-table.ts';
import { silentTellProduct } from '../../../world/silent-tell-product.ts';

/** From the test: a job, with the true time at which it shows; or that a job is on the queue. */
export type ToWorker =
  | { readonly is: 'job'; readonly id: number; readonly job: DigestJob; readonly time: number }
  | { readonly is: 'kept'; readonly id: number };
/** To the test. */
export type FromWorker =
  | { readonly is: 'ready' }
  | { readonly is: 'put'; readonly id: number; readonly job: DigestJob; readonly hiddenForMs: number }
  | { readonly is: 'done'; readonly id: number }
  | { readonly is: 'failed'; readonly id: number; readonly error: string };

/** How a process is told where it works. */
export interface WorkerSettings {
  readonly connection: string;
  readonly prefix: string;
  readonly origin: string;
  /** The webhook of each subscription. */
  readonly webhooks: Readonly<Record<string, string>>;
  readonly skewMs: number;
}

const TIMES = { leaseMs: 180_000, postMs: 30_000, marginMs: 60_000, takeoverMs: 30_000 };

/** The sender, put together as the app does, but for its clock and its queue. */
export async function createWorker(queue: { put(job: DigestJob, hiddenForMs: number): Promise<void> }) {
  const { connection, prefix, origin, webhooks, skewMs }: WorkerSettings = JSON.parse(process.argv[2] ?? '{}');
  const storage = await createStorage({ AzureWebJobsStorage: connection } as Config, { prefix });
  let time = 0;
  const clock = { now: () => time + skewMs, realNow: () => time + skewMs, elapsed: () => time, rate: () => 1 };
  const deps: DeliveryDeps = {
    subscriptions: createSubscriptionsTable(storage.table('subscriptions')),
    heads: createHeadTable(storage.table('inbox')),
    inbox: createInboxTable(storage.table('inbox')),
    dropped: createDroppedTable(storage.table('inbox')),
    digests: createDigestsTable(storage.table('digests')),
    jobs: { put: (job, hiddenForMs = 0) => queue.put(job, hiddenForMs) },
    due: createDueTable(storage.table('due')),
    tellProduct: silentTellProduct,
    openWebhook: async ({ id, target }) => ({ kind: target.kind, url: webhooks[id] ?? '' }),
    drawCard: async (summary, _digest, { target }) => draw(`${summary.total} events`, target.kind),
    postCard: createPostCard({ localOrigins: [origin], now: clock.now }),
    cardBudgetBytes: 18_000,
    clock,
    times: TIMES,
    newNonce,
    processId: newNonce(),
    random: Math.random,
    log: silentLog,
    telemetry: silentTelemetry,
  };
  const send = createSendDigest(deps);
  return {
    handle(message: Extract<ToWorker, { is: 'job' }>): Promise<void> {
      time = Math.max(time, message.time);
      return send(message.job);
    },
  };
}

function draw(text: string, kind: 'connector' | 'workflow'): string {
  if (kind === 'connector')
    return JSON.stringify({ '@type': 'MessageCard', '@context': 'https://schema.org/extensions', summary: text, text });
  const content = { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text }] };
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return JSON.stringify({ type: 'message', attachments: [{ contentType, contentUrl: null, content }] });
}
