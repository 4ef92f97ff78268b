/** The product without its edges: real tables on Azurite, a clock and a queue under the test's hand, a webhook that answers as told. */
import { randomBytes } from 'node:crypto';
import type { DeliveryDeps } from '../../shared/delivery/delivery-deps.ts';
import type { Answer } from '../../shared/delivery/outcome.ts';
import { createSendDigest } from '../../shared/delivery/send-digest.ts';
import { createDigestsTable } from '../../shared/digests/digests-table.ts';
import { createHeadTable } from '../../shared/digests/head-table.ts';
import { createDeadLettersTable } from '../../shared/events/dead-letters-table.ts';
import { createDroppedTable } from '../../shared/events/dropped-table.ts';
import type { Event } from '../../shared/events/event.ts';
import { createInboxTable } from '../../shared/events/inbox-table.ts';
import { createInboxWriter } from '../../shared/events/inbox-writer.ts';
import { createNoteDropped } from '../../shared/events/note-dropped.ts';
import { createReceiveEvents } from '../../shared/events/receive-events.ts';
import type { ConnectorEvent } from '../../shared/platform/connector-events-queue.ts';
import type { Storage } from '../../shared/platform/storage-client.ts';
import { newNonce } from '../../shared/platform/table-rows.ts';
import { createDispatchDue } from '../../shared/schedules/dispatch-due.ts';
import { createDueTable } from '../../shared/schedules/due-table.ts';
import { createWakeChannel } from '../../shared/schedules/wake-channel.ts';
import { dueRowOf } from '../../shared/subscriptions/due-of-subscription.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { createSubscriptionsTable } from '../../shared/subscriptions/subscriptions-table.ts';
import { createTellProduct } from '../../shared/subscriptions/tell-product.ts';
import { CANARY } from '../canary/marks.ts';
import { watchedLog, watchedTelemetry } from '../canary/watched-ports.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createManualQueue, type ManualQueue } from './manual-queue.ts';
import { freshStorage } from './storage.ts';

/** A card as the webhook got it, drawn so that tests can read it. */
export interface Posted {
  readonly subscriptionId: string;
  readonly body: string;
  readonly at: number;
  readonly count: number;
  readonly titles: readonly string[];
  readonly style: string;
}

/** What a test can change about its world. */
export interface WorldOptions {
  readonly startsAt?: string;
  readonly storage?: Storage;
  readonly clock?: ManualClock;
  readonly queue?: ManualQueue;
  readonly posted?: Posted[];
  readonly deps?: Partial<DeliveryDeps>;
}

export const DELIVERED: Answer = { is: 'answered', status: 200, body: '1' };

/** Makes a world. Several can share storage, queue and cards: workers of one system. */
export async function aWorld({ startsAt = '2026-11-23T08:00:00Z', ...given }: WorldOptions = {}) {
  const storage = given.storage ?? (await freshStorage());
  const clock = given.clock ?? createManualClock(startsAt);
  const queue = given.queue ?? createManualQueue(clock);
  const posted = given.posted ?? [];
  const answers: (Answer | ((body: string) => Answer | Promise<Answer>))[] = [];

  const subscriptions = createSubscriptionsTable(storage.table('subscriptions'));
  const told: ConnectorEvent[] = [];
  const inbox = createInboxTable(storage.table('inbox'));
  const dropped = createDroppedTable(storage.table('inbox'));
  const due = createDueTable(storage.table('due'));
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
      connectorEvents: { put: async (event) => void told.push(event) },
      jobs: queue,
      clock,
      publicUrl: 'https://tidings.example',
    }),
    openWebhook: async ({ id, target }) => ({ kind: target.kind, url: `https://webhook.invalid/${CANARY}/${id}` }),
    drawCard: async (summary, digest) =>
      JSON.stringify({
        digestId: summary.digestId,
        count: summary.total,
        style: digest.card.style,
        budget: digest.card.budgetBytes,
        titles: summary.groups.flatMap((group) => group.items.map((item) => item.event.data.title)),
      }),
    postCard: async ({ url }, body) => {
      const answer = answers.shift() ?? DELIVERED;
      const card = JSON.parse(body);
      posted.push({
        subscriptionId: url.slice(url.lastIndexOf('/') + 1),
        body,
        at: clock.realNow(),
        count: card.count,
        titles: card.titles,
        style: card.style,
      });
      return typeof answer === 'function' ? answer(body) : answer;
    },
    cardBudgetBytes: 18_000,
    clock,
    times: { leaseMs: 180_000, postMs: 30_000, marginMs: 60_000, takeoverMs: 30_000 },
    newNonce,
    processId: newNonce(),
    random: () => 0.5,
    log: watchedLog,
    telemetry: watchedTelemetry,
    ...given.deps,
  };
  const sendDigest = createSendDigest(deps);
  const receiveEvents = createReceiveEvents({
    subscriptionsOf: subscriptions.listMatching,
    writeEvents: createInboxWriter({ inbox, clock, processId: randomBytes(4).toString('hex') }),
    noteDropped: createNoteDropped({ dropped, clock, processId: randomBytes(4).toString('hex') }),
    wakeChannel: createWakeChannel(deps.jobs, clock),
    deadLetters: createDeadLettersTable(storage.table('deadletters')),
    log: watchedLog,
    telemetry: watchedTelemetry,
  });
  const dispatchDue = createDispatchDue({ due, digests: deps.jobs, clock });
  let messages = 0;

  async function nextDueMinute(): Promise<number> {
    let next = Number.POSITIVE_INFINITY;
    for await (const { dueAt } of due.listAll()) next = Math.min(next, dueAt);
    return Math.max(next, clock.now());
  }

  return {
    storage,
    clock,
    queue,
    posted,
    answers,
    /** What the product was told. */
    told,
    deps,
    subscriptions,
    dispatchDue,
    sendDigest,

    /** Stores a subscription with its due row. */
    async subscribe(subscription: Subscription): Promise<Subscription> {
      await subscriptions.create(subscription);
      const row = dueRowOf(subscription, clock.now());
      if (row !== undefined) await due.put(row);
      return subscription;
    },

    /** Receives a message of events; the same `id` is the same message again. */
    async receive(body: Event | readonly Event[] | unknown, id = `message-${++messages}`): Promise<void> {
      await receiveEvents({ body: JSON.parse(JSON.stringify(body)), id, insertedAt: clock.now() });
    },

    /** Handles every job that shows. */
    drain: () => queue.drain(sendDigest),

    /** Goes to an instant, from one due minute or hidden job to the next: ticks, and jobs when they show. */
    async runUntil(instant: string): Promise<void> {
      const end = Date.parse(instant);
      while (clock.now() < end) {
        const shows = queue.nextShowsAt();
        const toShow = shows === undefined ? Number.POSITIVE_INFINITY : Math.max(1, shows - clock.elapsed());
        const toDue = ((await nextDueMinute()) - clock.now()) / clock.rate();
        clock.advance(Math.max(1, Math.min(toDue, toShow, (end - clock.now()) / clock.rate())));
        if (toDue <= toShow) await dispatchDue();
        await queue.drain(sendDigest);
      }
    },

    /** Titles of events that wait in a channel's open pages. */
    async waiting(subscriptionId: string): Promise<string[]> {
      const titles: string[] = [];
      for await (const page of inbox.listPages({ subscriptionId, from: 0 })) {
        for (const event of JSON.parse(Buffer.from(page.json).toString('utf8'))) titles.push(event.data.title);
      }
      return titles;
    },
  };
}

/** A world, as `aWorld` makes it. */
export type World = Awaited<ReturnType<typeof aWorld>>;
