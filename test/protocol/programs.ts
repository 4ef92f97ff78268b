/** What each process of the search runs: the product's own handlers, put together as `functions/wiring` does. */
import type { DeliveryDeps } from '../../shared/delivery/delivery-deps.ts';
import type { Answer } from '../../shared/delivery/outcome.ts';
import type { Clock } from '../../shared/platform/clock.ts';
import { silentLog } from '../../shared/platform/log.ts';
import { silentTelemetry } from '../../shared/platform/telemetry/telemetry.ts';
import { silentTellProduct } from '../world/silent-tell-product.ts';
import { type Edit, edit } from './edits.ts';
import type { Product } from './product.ts';
import { type CallStorage, queueClient, tableClient } from './storage-clients.ts';

/** A process: what it does, and how far its clock is ahead of the true time. */
export interface Program {
  readonly kind: 'receiver' | 'sender' | 'dispatcher' | 'editor' | 'reconciler';
  readonly name: string;
  readonly skewMs: number;
}

/** What a process has of the world. */
export interface Surroundings {
  readonly call: CallStorage;
  readonly post: (body: string) => Promise<Answer>;
  readonly clock: Clock;
  readonly newNonce: () => string;
  readonly processId: string;
}

/** Lease, POST, margin and takeover as in production. */
export const TIMES = { leaseMs: 180_000, postMs: 30_000, marginMs: 60_000, takeoverMs: 30_000 } as const;

/** Notes of what was dropped are for people: no rule looks at them. */
const NO_NOTES: DeliveryDeps['dropped'] = {
  put: async () => {},
  async *list() {},
  async *listCounts() {},
  removeOld: async () => {},
};

/** Starts a program: what comes back handles one message. */
export function startProgram(
  product: Product,
  { kind, name }: Program,
  around: Surroundings,
): (message: string) => Promise<void> {
  const { call, clock, processId } = around;
  const deps = deliveryDeps(product, { ...around, processId: name }); // pacing asks whose clock it was: it outlives a life
  switch (kind) {
    case 'sender': {
      const send = product.createSendDigest(deps);
      return (message) => send(product.digestJobSchema.parse(JSON.parse(message)));
    }
    case 'receiver': {
      const receive = product.createReceiveEvents({
        subscriptionsOf: product.createMatchingCache(deps.subscriptions.listMatching, clock),
        writeEvents: product.createInboxWriter({ inbox: deps.inbox, clock, processId }),
        noteDropped: async () => {},
        wakeChannel: product.createWakeChannel(deps.jobs, clock),
        deadLetters: { put: () => Promise.reject(new Error('nothing here is a dead letter')) },
        log: silentLog,
        telemetry: silentTelemetry,
      });
      return async (message) => void (await receive({ body: JSON.parse(message), id: 'message', insertedAt: 0 }));
    }
    case 'dispatcher': {
      const dispatch = product.createDispatchDue({ due: deps.due, digests: deps.jobs, clock });
      return async () => void (await dispatch());
    }
    case 'editor':
      return (message) => edit(product, deps, JSON.parse(message) as Edit);
    case 'reconciler': {
      const reconcile = product.createReconcile(deps);
      return async () => void (await reconcile());
    }
    default:
      throw new Error(`no program: ${kind satisfies never} on ${String(call)}`);
  }
}

function deliveryDeps(product: Product, { call, post, clock, newNonce, processId }: Surroundings): DeliveryDeps {
  const inbox = tableClient('inbox', call);
  return {
    subscriptions: product.createSubscriptionsTable(tableClient('subscriptions', call)),
    heads: product.createHeadTable(inbox),
    inbox: product.createInboxTable(inbox),
    dropped: NO_NOTES,
    digests: product.createDigestsTable(tableClient('digests', call)),
    jobs: product.createDigestsQueue(queueClient(call)),
    due: product.createDueTable(tableClient('due', call)),
    tellProduct: silentTellProduct, // what the product is told changes nothing of what channels are shown
    openWebhook: async ({ target }) => ({ kind: target.kind, url: 'https://webhook.invalid' }),
    drawCard: async (summary, digest) => JSON.stringify({ sequence: digest.sequence, events: titlesOf(summary) }),
    postCard: (_webhook, body) => post(body),
    cardBudgetBytes: 18_000,
    clock,
    times: TIMES,
    newNonce,
    processId,
    random: () => 0.5,
    log: silentLog,
    telemetry: silentTelemetry,
  };
}

function titlesOf({ groups }: Parameters<DeliveryDeps['drawCard']>[0]): string[] {
  return groups.flatMap(({ items }) => items.map(({ event }) => event.data.title)).sort();
}
