/** One process of the system: the product's own handlers over a wire that may fail, with a clock of its own. */
import type { InvocationContext } from '@azure/functions';
import { createPoisonHandler } from '../../functions/poison.ts';
import { createReceiveEventsHandler } from '../../functions/receive-events.ts';
import { createSendDigestHandler } from '../../functions/send-digest.ts';
import type { DeliveryDeps } from '../../shared/delivery/delivery-deps.ts';
import type { Answer } from '../../shared/delivery/outcome.ts';
import { createPostNotice } from '../../shared/delivery/post-notice.ts';
import { createPostQuiet } from '../../shared/delivery/post-quiet.ts';
import { createPostWelcome } from '../../shared/delivery/post-welcome.ts';
import { createReconcile } from '../../shared/delivery/reconcile.ts';
import { createSendDigest } from '../../shared/delivery/send-digest.ts';
import { createDigestsTable } from '../../shared/digests/digests-table.ts';
import { createHeadTable } from '../../shared/digests/head-table.ts';
import { createDeadLettersTable } from '../../shared/events/dead-letters-table.ts';
import { createInboxTable } from '../../shared/events/inbox-table.ts';
import { createInboxWriter } from '../../shared/events/inbox-writer.ts';
import { createReceiveEvents } from '../../shared/events/receive-events.ts';
import { createPutBack } from '../../shared/events/return-poison.ts';
import type { Config } from '../../shared/platform/config.ts';
import { silentLog } from '../../shared/platform/log.ts';
import { toQueueText } from '../../shared/platform/queue-text.ts';
import { createSecretsVault } from '../../shared/platform/secrets-vault.ts';
import { createStorage } from '../../shared/platform/storage-client.ts';
import { newNonce } from '../../shared/platform/table-rows.ts';
import type { DigestsQueue } from '../../shared/schedules/digests-queue.ts';
import { createDispatchDue } from '../../shared/schedules/dispatch-due.ts';
import { createDueTable } from '../../shared/schedules/due-table.ts';
import { createWakeChannel } from '../../shared/schedules/wake-channel.ts';
import { createMatchingCache } from '../../shared/subscriptions/matching-cache.ts';
import { createOpenWebhook } from '../../shared/subscriptions/open-webhook.ts';
import { createSubscriptionsTable } from '../../shared/subscriptions/subscriptions-table.ts';
import { createTellProduct } from '../../shared/subscriptions/tell-product.ts';
import { createWebhookVault } from '../../shared/subscriptions/webhook-vault.ts';
import type { ManualClock } from '../world/manual-clock.ts';
import { testStorage } from '../world/storage.ts';
import type { Host, Message } from './host.ts';
import { createOwner } from './owner.ts';
import { seal } from './sealing.ts';
import type { Wire } from './wire.ts';

/** What a process finds around it. */
export interface Surroundings {
  readonly prefix: string;
  /** Part of the keys of its pages. */
  readonly processId: string;
  readonly clock: ManualClock;
  readonly host: Host;
  readonly vault: { readonly url: string; readonly ca: string } | undefined;
  /** The webhook's side of a POST. */
  readonly take: (url: string, body: string) => Promise<Answer>;
  /** The ids of what the product was told. */
  readonly told: string[];
}

/** One process. */
export type Process = Awaited<ReturnType<typeof startProcess>>;

const TIMES = { leaseMs: 180_000, postMs: 30_000, marginMs: 60_000, takeoverMs: 30_000 };
const RETRIES = { maxRetries: 4, retryDelayInMs: 1, maxRetryDelayInMs: 2 };

/** Starts a process whose clocks are ahead of the true time by `skewMs`. */
export async function startProcess(around: Surroundings, wire: Wire, skewMs: number) {
  const { clock: truth, host, take } = around;
  const clock = { ...truth, now: () => truth.now() + skewMs, realNow: () => truth.realNow() + skewMs };
  const storage = await createStorage({ AzureWebJobsStorage: testStorage() } as Config, {
    prefix: around.prefix,
    tableOptions: { httpClient: wire.client, retryOptions: RETRIES },
  });
  const subscriptions = createSubscriptionsTable(storage.table('subscriptions'));
  const inbox = createInboxTable(storage.table('inbox'));
  const due = createDueTable(storage.table('due'));
  const deadLetters = createDeadLettersTable(storage.table('deadletters'));
  const webhookVault = createWebhookVault(await vaultOver(wire, around.vault));
  const jobs: DigestsQueue = {
    put(job, hiddenForMs) {
      const put = () => host.put('digests', toQueueText(job), hiddenForMs);
      return wire.call('PUT digests', put, put); // the SDK puts again what it does not know to be put
    },
  };
  const connectorEvents = {
    put({ id }: { readonly id: string }) {
      const put = async () => void around.told.push(id);
      return wire.call('PUT connector-events', put, put);
    },
  };
  const publicUrl = 'https://tidings.example';
  const tellProduct = createTellProduct({ subscriptions, connectorEvents, jobs, clock, publicUrl });
  const deps: DeliveryDeps = {
    subscriptions,
    heads: createHeadTable(storage.table('inbox')),
    inbox,
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
    postCard: ({ url }, body) =>
      wire.call(
        body.startsWith('{"welcome"') ? 'POST welcome' : 'POST webhook',
        () => take(url, body),
        async () => ({ is: 'lost', reason: 'The connection ended before an answer came.' }),
      ),
    cardBudgetBytes: 18_000,
    clock,
    times: TIMES,
    newNonce,
    processId: newNonce(),
    random: () => 0.5,
    log: silentLog,
  };
  const receive = createReceiveEvents({
    subscriptionsOf: createMatchingCache(subscriptions.listMatching, clock),
    writeEvents: createInboxWriter({ inbox, clock, processId: around.processId }),
    wakeChannel: createWakeChannel(jobs, clock),
    deadLetters,
    log: silentLog,
  });
  const owner = createOwner({ storage, jobs, webhookVault, clock, tellProduct });
  const draw = ({ id }: { readonly id: string }) => JSON.stringify({ welcome: id });
  const drawing = {
    ...deps,
    drawWelcome: draw,
    drawNotice: (_: unknown, subscription: { readonly id: string }) => draw(subscription),
  };
  const handlers = {
    events: createReceiveEventsHandler(receive),
    digests: createSendDigestHandler({
      send: createSendDigest(deps),
      welcome: createPostWelcome(drawing),
      notice: createPostNotice(drawing),
      quiet: createPostQuiet(drawing),
      deadLetters,
    }),
    'events-poison': poisonHandler('events'),
    'digests-poison': poisonHandler('digests'),
  };

  function poisonHandler(name: 'events' | 'digests') {
    const sendMessage = (text: string, { visibilityTimeout = 0 } = {}) => {
      const put = async () => {
        await host.put(name, text, visibilityTimeout * 1000);
        return {} as never; // nobody looks at the answer
      };
      return wire.call(`PUT ${name}`, put, put);
    };
    return createPoisonHandler(name, createPutBack({ name, queue: { sendMessage }, deadLetters }));
  }

  return {
    wire,
    deps,
    webhookVault,
    dispatch: createDispatchDue({ due, digests: jobs, clock }),
    owner,
    reconcile: createReconcile(deps, { finishRemoval: owner.finishRemoval }),
    send: createSendDigest(deps),
    /** Handles one message, as the host hands it over. */
    async handle({ id, queue, text, insertedAt }: Message): Promise<void> {
      const triggerMetadata = { id, insertionTime: new Date(insertedAt).toISOString() };
      const context = { triggerMetadata, invocationId: id, info() {}, warn() {}, error() {} };
      await handlers[queue](JSON.parse(text), context as unknown as InvocationContext);
    },
  };
}

async function vaultOver(wire: Wire, vault: Surroundings['vault']) {
  const none = { read: async () => undefined, write: async () => {}, remove: async () => {} };
  if (vault === undefined) return none;
  return createSecretsVault({ ...vault, options: { httpClient: wire.client, retryOptions: RETRIES } });
}
