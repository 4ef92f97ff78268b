/** The product as two workers on one storage, with the clock and the queue of a round, and the real cards. */
import { randomBytes } from 'node:crypto';
import { renderCard } from '../../../shared/cards/render-card.ts';
import { renderNotice } from '../../../shared/cards/render-notice.ts';
import type { DeliveryDeps } from '../../../shared/delivery/delivery-deps.ts';
import { createPostNotice } from '../../../shared/delivery/post-notice.ts';
import { createPostQuiet } from '../../../shared/delivery/post-quiet.ts';
import { createReconcile } from '../../../shared/delivery/reconcile.ts';
import { createSendDigest } from '../../../shared/delivery/send-digest.ts';
import { createPostCard } from '../../../shared/delivery/webhook-client.ts';
import { createDigestsTable } from '../../../shared/digests/digests-table.ts';
import { createHeadTable } from '../../../shared/digests/head-table.ts';
import { createDeadLettersTable } from '../../../shared/events/dead-letters-table.ts';
import { createDroppedTable } from '../../../shared/events/dropped-table.ts';
import { createInboxTable } from '../../../shared/events/inbox-table.ts';
import { createInboxWriter } from '../../../shared/events/inbox-writer.ts';
import { createNoteDropped } from '../../../shared/events/note-dropped.ts';
import { createReceiveEvents } from '../../../shared/events/receive-events.ts';
import type { Clock } from '../../../shared/platform/clock.ts';
import { silentLog } from '../../../shared/platform/log.ts';
import type { Storage } from '../../../shared/platform/storage-client.ts';
import { newNonce } from '../../../shared/platform/table-rows.ts';
import { silentTelemetry } from '../../../shared/platform/telemetry/telemetry.ts';
import type { DigestJob } from '../../../shared/schedules/digest-job.ts';
import type { DigestsQueue } from '../../../shared/schedules/digests-queue.ts';
import { createDispatchDue } from '../../../shared/schedules/dispatch-due.ts';
import { createDueTable } from '../../../shared/schedules/due-table.ts';
import { createWakeChannel } from '../../../shared/schedules/wake-channel.ts';
import { createSubscriptionsTable } from '../../../shared/subscriptions/subscriptions-table.ts';
import { createTellProduct } from '../../../shared/subscriptions/tell-product.ts';
import type { Webhook } from '../../../shared/subscriptions/webhook.ts';
import { titlesOf } from '../system.ts';

/** As in production, but for the time of a POST, which is real time and would be half a minute for each silent webhook. */
const TIMES = { leaseMs: 180_000, postMs: 4_000, marginMs: 60_000, takeoverMs: 30_000 };
/** The default of the setting `CARD_BUDGET_BYTES`. */
export const BUDGET_BYTES = 18_432;
const BRAND = { name: 'Acme Builds', colour: '#0a84ff', logo: 'https://acme.example/logo.png' };

/** What a worker finds around it. */
export interface Around {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly queue: DigestsQueue;
  readonly origin: string;
  readonly webhooks: ReadonlyMap<string, Webhook>;
  /** A card was drawn: of which digest, with which events. */
  readonly drawn: (body: string, digestId: string, titles: readonly string[]) => void;
}

/** Puts a worker together as `functions/wiring` does. */
export function createProduct({ storage, clock, queue, origin, webhooks, drawn }: Around) {
  const subscriptions = createSubscriptionsTable(storage.table('subscriptions'));
  const inbox = createInboxTable(storage.table('inbox'));
  const dropped = createDroppedTable(storage.table('inbox'));
  const due = createDueTable(storage.table('due'));
  const connectorEvents = { put: async () => {} };
  const audience = { brand: BRAND, topicName: (type: string) => type, budgetBytes: BUDGET_BYTES };
  const deps: DeliveryDeps = {
    subscriptions,
    heads: createHeadTable(storage.table('inbox')),
    inbox,
    dropped,
    digests: createDigestsTable(storage.table('digests')),
    jobs: queue,
    due,
    tellProduct: createTellProduct({
      subscriptions,
      connectorEvents,
      jobs: queue,
      clock,
      publicUrl: 'https://t.example',
    }),
    openWebhook: async ({ id }) => webhooks.get(id) ?? Promise.reject(new Error('no webhook')),
    async drawCard(summary, digest, { id, target }) {
      const { digestId } = summary;
      const body = renderCard({
        ...audience,
        summary,
        kind: target.kind,
        appType: target.appType,
        locale: digest.locale,
        timeZone: digest.timeZone,
        links: { digest: `https://t.example/digests/${digestId}?t=${'x'.repeat(300)}` },
        budgetBytes: digest.card.budgetBytes,
        style: digest.card.style,
        alreadyShown: digest.alreadyShown,
      });
      const titles: string[] = [];
      for await (const page of inbox.listPages({ subscriptionId: id, digestId, from: digest.from }))
        titles.push(...titlesOf(page));
      drawn(body, digestId, titles);
      return body;
    },
    postCard: createPostCard({ localOrigins: [origin], now: clock.now }),
    cardBudgetBytes: BUDGET_BYTES,
    clock,
    times: TIMES,
    newNonce,
    processId: newNonce(),
    random: Math.random,
    log: silentLog,
    telemetry: silentTelemetry,
  };
  const notices: Parameters<typeof createPostNotice>[0] = {
    ...deps,
    drawNotice: (notice, { locale }, { kind }) =>
      renderNotice({ ...audience, notice, kind, locale, timeZone: 'UTC', links: {}, style: 'normal' }),
  };
  const send = createSendDigest(deps);
  const notice = createPostNotice(notices);
  const quiet = createPostQuiet(notices);
  return {
    deps,
    receive: createReceiveEvents({
      subscriptionsOf: subscriptions.listMatching,
      writeEvents: createInboxWriter({ inbox, clock, processId: randomBytes(4).toString('hex') }),
      noteDropped: createNoteDropped({ dropped, clock, processId: randomBytes(4).toString('hex') }),
      wakeChannel: createWakeChannel(queue, clock),
      deadLetters: createDeadLettersTable(storage.table('deadletters')),
      log: silentLog,
      telemetry: silentTelemetry,
    }),
    dispatch: createDispatchDue({ due, digests: queue, clock }),
    reconcile: createReconcile(deps),
    handle: (job: DigestJob): Promise<void> =>
      job.why === 'notice' ? notice(job) : job.why === 'quiet' ? quiet(job) : send(job),
  };
}

/** A worker. */
export type Product = ReturnType<typeof createProduct>;
