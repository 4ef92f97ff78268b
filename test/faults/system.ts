/** A system of processes: real tables on Azurite, a host and a clock under the test's hand, and a webhook that answers as told. */
import { randomBytes } from 'node:crypto';
import type { Answer } from '../../shared/delivery/outcome.ts';
import { createDigestsTable } from '../../shared/digests/digests-table.ts';
import { createHeadTable } from '../../shared/digests/head-table.ts';
import type { Event } from '../../shared/events/event.ts';
import { createInboxTable } from '../../shared/events/inbox-table.ts';
import { isSkipped, type Page } from '../../shared/events/page.ts';
import { toQueueText } from '../../shared/platform/queue-text.ts';
import { createDueTable } from '../../shared/schedules/due-table.ts';
import { dueRowOf } from '../../shared/subscriptions/due-of-subscription.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { createSubscriptionsTable } from '../../shared/subscriptions/subscriptions-table.ts';
import { createWebhookSeal } from '../../shared/subscriptions/webhook-seal.ts';
import { createManualClock } from '../world/manual-clock.ts';
import { freshStorage } from '../world/storage.ts';
import { createHost } from './host.ts';
import { type Process, startProcess } from './process.ts';
import { seal } from './sealing.ts';
import { createWire, type Wire } from './wire.ts';

/** A POST as the webhook got it: whose digest, its bytes, and the titles that its pages held at that moment. */
export interface Card {
  readonly subscriptionId: string;
  readonly webhook: string;
  readonly digestId: string;
  readonly look: string;
  readonly body: string;
  readonly at: number;
  readonly count: number;
  readonly shown: readonly string[];
  /** The channel got it: what was answered says so, whether or not the answer came through. */
  readonly taken: boolean;
}

/** What a webhook answers; a function decides when it is asked. */
export type Answering = Answer | (() => Answer | Promise<Answer>);

export const DELIVERED: Answer = { is: 'answered', status: 200, body: '1' };
/** An answer with a status and nothing else. */
export const answered = (status: number): Answer => ({ is: 'answered', status, body: '' });

/** How a system starts. */
export interface SystemOptions {
  readonly startsAt?: string;
  readonly rate?: number;
  /** For systems whose webhooks are in a vault too. */
  readonly vault?: { readonly url: string; readonly ca: string };
}

/** The system; processes are made with `start`. */
export type System = Awaited<ReturnType<typeof aSystem>>;
export type { Process };

/** An empty system, Monday at eight. */
export async function aSystem({ startsAt = '2026-11-23T08:00:00Z', rate = 1, vault }: SystemOptions = {}) {
  const prefix = `t${randomBytes(6).toString('hex')}`;
  const storage = await freshStorage({ prefix });
  const clock = createManualClock(startsAt, { rate });
  const host = createHost(clock);
  const cards: Card[] = [];
  const answers: Answering[] = [];
  const sent: Event[] = [];
  const asides: string[] = [];
  const told: string[] = [];
  let processes = 0;
  const inbox = createInboxTable(storage.table('inbox'));
  const subscriptions = createSubscriptionsTable(storage.table('subscriptions'));
  const due = createDueTable(storage.table('due'));

  function takeAside(subscriptionId: string): Answer {
    asides.push(subscriptionId);
    return DELIVERED;
  }

  async function take(url: string, body: string): Promise<Answer> {
    const { digestId, count, look, aside } = JSON.parse(body);
    if (aside !== undefined) return takeAside(aside);
    const subscriptionId = digestId.slice(0, digestId.lastIndexOf('_'));
    const shown: string[] = [];
    for await (const page of inbox.listPages({ subscriptionId, digestId, from: 0 })) shown.push(...titlesOf(page));
    const next = answers.shift() ?? DELIVERED;
    const answer = typeof next === 'function' ? await next() : next;
    const taken = answer.is === 'answered' && answer.status < 300;
    cards.push({ subscriptionId, webhook: url, digestId, look, body, at: clock.now(), count, shown, taken });
    return answer;
  }

  return {
    prefix,
    storage,
    clock,
    host,
    cards,
    answers,
    /** Every event that was put on the queue. */
    sent,
    /** Ids of what the product was told. */
    told,
    /** Channels that got a card that is no digest: a welcome, a notice, "all quiet". */
    asides,
    inbox,
    heads: createHeadTable(storage.table('inbox')),
    digests: createDigestsTable(storage.table('digests')),
    due,
    subscriptions,

    /** A new process, its clocks ahead of the true time by `skewMs`. */
    start: (wire: Wire = createWire(), skewMs = 0): Promise<Process> =>
      startProcess({ prefix, processId: `p${++processes}`, clock, host, vault, take, told }, wire, skewMs),

    /** Stores a subscription with its due row, its webhook sealed in the row. */
    async subscribe(subscription: Subscription): Promise<Subscription> {
      const url = `https://webhook.invalid/${subscription.id}`;
      const sealed = { ...subscription, sealedWebhook: createWebhookSeal(seal).seal(subscription.id, url) };
      await subscriptions.create(sealed);
      const row = dueRowOf(subscription, clock.now());
      if (row !== undefined) await due.put(row);
      return sealed;
    },

    /** Puts a message of events on the queue. */
    async emit(...events: Event[]): Promise<void> {
      sent.push(...events);
      await host.put('events', toQueueText(events.length === 1 ? events[0] : events));
    },
  };
}

/** The titles of a page's events, but for those left out. */
export function titlesOf(page: Pick<Page, 'json' | 'skip'>): string[] {
  const events: Event[] = JSON.parse(Buffer.from(page.json).toString('utf8'));
  return events.flatMap((event, position) => (isSkipped(page.skip, position) ? [] : [event.data.title]));
}
