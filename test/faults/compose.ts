/** The product's own handlers, put together as the app does, over clients that a test hands in. */
import type { InvocationContext } from '@azure/functions';
import { createPoisonHandler } from '../../functions/poison.ts';
import { createReceiveEventsHandler } from '../../functions/receive-events.ts';
import { createSendDigestHandler } from '../../functions/send-digest.ts';
import type { DeliveryDeps } from '../../shared/delivery/delivery-deps.ts';
import { createPostNotice } from '../../shared/delivery/post-notice.ts';
import { createPostQuiet } from '../../shared/delivery/post-quiet.ts';
import { createPostResend } from '../../shared/delivery/post-resend.ts';
import { createPostWelcome } from '../../shared/delivery/post-welcome.ts';
import { createReconcile } from '../../shared/delivery/reconcile.ts';
import { createSendDigest } from '../../shared/delivery/send-digest.ts';
import { createDigestsTable } from '../../shared/digests/digests-table.ts';
import { createHeadTable } from '../../shared/digests/head-table.ts';
import { createDeadLettersTable } from '../../shared/events/dead-letters-table.ts';
import { createDroppedTable } from '../../shared/events/dropped-table.ts';
import { createInboxTable } from '../../shared/events/inbox-table.ts';
import { createInboxWriter } from '../../shared/events/inbox-writer.ts';
import { createNoteDropped } from '../../shared/events/note-dropped.ts';
import { createReceiveEvents } from '../../shared/events/receive-events.ts';
import { createPutBack } from '../../shared/events/return-poison.ts';
import type { Clock } from '../../shared/platform/clock.ts';
import type { ConnectorEventsQueue } from '../../shared/platform/connector-events-queue.ts';
import { silentLog } from '../../shared/platform/log.ts';
import type { Storage } from '../../shared/platform/storage-client.ts';
import { newNonce } from '../../shared/platform/table-rows.ts';
import { silentTelemetry } from '../../shared/platform/telemetry/telemetry.ts';
import type { DigestsQueue } from '../../shared/schedules/digests-queue.ts';
import { createDispatchDue } from '../../shared/schedules/dispatch-due.ts';
import { createDueTable } from '../../shared/schedules/due-table.ts';
import { createWakeChannel } from '../../shared/schedules/wake-channel.ts';
import { createMatchingCache } from '../../shared/subscriptions/matching-cache.ts';
import { createOpenWebhook } from '../../shared/subscriptions/open-webhook.ts';
import { createSubscriptionsTable } from '../../shared/subscriptions/subscriptions-table.ts';
import { createTellProduct } from '../../shared/subscriptions/tell-product.ts';
import { createWebhookVault } from '../../shared/subscriptions/webhook-vault.ts';
import type { QueueName } from './host.ts';
import { createOwner } from './owner.ts';
import { seal } from './sealing.ts';

/** Puts a message back on a queue, hidden. */
export type PutBackOn = Parameters<typeof createPutBack>[0]['queue']['sendMessage'];

/** What the product works with. */
export interface Clients {
  readonly storage: Pick<Storage, 'table'>;
  readonly jobs: DigestsQueue;
  readonly connectorEvents: ConnectorEventsQueue;
  readonly putBackOn: (queue: 'events' | 'digests') => PutBackOn;
  readonly vault: Parameters<typeof createWebhookVault>[0];
  readonly postCard: DeliveryDeps['postCard'];
  readonly clock: Clock;
  readonly times: DeliveryDeps['times'];
  /** Part of the keys of its pages. */
  readonly processId: string;
}

/** A message as it is handed over; `insertedAt` in ms since 1970. */
export interface Handed {
  readonly id: string;
  readonly queue: QueueName;
  readonly text: string;
  readonly insertedAt: number;
}

/** Handlers, timers and an owner's use cases. */
export function compose(clients: Clients) {
  const { storage, jobs, connectorEvents, putBackOn, vault, postCard, clock, times, processId } = clients;
  const subscriptions = createSubscriptionsTable(storage.table('subscriptions'));
  const inbox = createInboxTable(storage.table('inbox'));
  const dropped = createDroppedTable(storage.table('inbox'));
  const due = createDueTable(storage.table('due'));
  const deadLetters = createDeadLettersTable(storage.table('deadletters'));
  const webhookVault = createWebhookVault(vault);
  const publicUrl = 'https://tidings.example';
  const tellProduct = createTellProduct({ subscriptions, connectorEvents, jobs, clock, publicUrl });
  const deps: DeliveryDeps = {
    subscriptions,
    heads: createHeadTable(storage.table('inbox')),
    inbox,
    dropped,
    digests: createDigestsTable(storage.table('digests')),
    jobs,
    due,
    tellProduct,
    openWebhook: createOpenWebhook({ seal, webhookVault, subscriptions }),
    drawCard: async (summary, digest) =>
      JSON.stringify({
        digestId: summary.digestId,
        count: summary.total,
        look: `${digest.card.style} ${digest.card.budgetBytes}`,
        groups: summary.groups,
      }),
    postCard,
    cardBudgetBytes: 18_000,
    clock,
    times,
    newNonce,
    processId,
    random: () => 0.5,
    log: silentLog,
    telemetry: silentTelemetry,
  };
  const receive = createReceiveEvents({
    subscriptionsOf: createMatchingCache(subscriptions.listMatching, clock),
    writeEvents: createInboxWriter({ inbox, clock, processId }),
    noteDropped: createNoteDropped({ dropped, clock, processId }),
    wakeChannel: createWakeChannel(jobs, clock),
    deadLetters,
    log: silentLog,
    telemetry: silentTelemetry,
  });
  const owner = createOwner({ storage, jobs, webhookVault, clock, tellProduct });
  const draw = ({ id }: { readonly id: string }) => JSON.stringify({ aside: id });
  const drawing = {
    ...deps,
    drawWelcome: draw,
    drawNotice: (_: unknown, subscription: { readonly id: string }) => draw(subscription),
  };
  const handlers = {
    events: createReceiveEventsHandler(receive),
    digests: createSendDigestHandler({
      telemetry: silentTelemetry,
      send: createSendDigest(deps),
      welcome: createPostWelcome(drawing),
      notice: createPostNotice(drawing),
      quiet: createPostQuiet(drawing),
      resend: createPostResend(deps),
      deadLetters,
    }),
    'events-poison': poisonHandler('events'),
    'digests-poison': poisonHandler('digests'),
  };

  function poisonHandler(name: 'events' | 'digests') {
    return createPoisonHandler(
      name,
      createPutBack({ name, queue: { sendMessage: putBackOn(name) }, deadLetters, telemetry: silentTelemetry }),
    );
  }

  return {
    deps,
    webhookVault,
    owner,
    dispatch: createDispatchDue({ due, digests: jobs, clock }),
    reconcile: createReconcile(deps, { finishRemoval: owner.finishRemoval }),
    /** Handles one message, as the host hands it over. */
    async handle({ id, queue, text, insertedAt }: Handed): Promise<void> {
      const triggerMetadata = { id, insertionTime: new Date(insertedAt).toISOString() };
      const context = { triggerMetadata, invocationId: id, info() {}, warn() {}, error() {} };
      await handlers[queue](JSON.parse(text), context as unknown as InvocationContext);
    },
  };
}
