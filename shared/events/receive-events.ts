/** Takes a message of events: matches each, stores pages, wakes channels; what cannot be read becomes dead letters. */
import type { Log } from '../platform/log.ts';
import { type Telemetry, tracesOf, type Work } from '../platform/telemetry/telemetry.ts';
import type { Matching } from '../subscriptions/subscription.ts';
import { type Bundle, bundleEvents, type SubscriptionsByAccount } from './bundle-events.ts';
import type { DeadLettersTable } from './dead-letters-table.ts';
import type { Event } from './event.ts';
import type { WriteEvents } from './inbox-writer.ts';
import { type Fault, type ParsedMessage, parseMessage } from './parse-events.ts';
import { type QueuedMessage, unwrapReturned } from './poison.ts';

interface Deps {
  readonly subscriptionsOf: (account: string) => Promise<readonly Matching[]>;
  readonly writeEvents: WriteEvents;
  /** Notes what a pause drops, so that its owner and operator can be told. */
  readonly noteDropped: WriteEvents;
  readonly wakeChannel: (channel: { account: string; subscriptionId: string }, why: 'look' | 'urgent') => Promise<void>;
  readonly deadLetters: Pick<DeadLettersTable, 'put'>;
  readonly log: Log;
  readonly telemetry: Telemetry;
}

/** What became of a message: events and faults in it, channels that got some; events that nobody wanted, and how often a pause dropped one. */
export interface Received {
  readonly events: number;
  readonly faults: number;
  readonly channels: number;
  readonly unmatched: number;
  readonly dropped: number;
}

/** Handles one message. It fails only for what storage does; the message is then seen again, which shows nobody anything twice. */
export function createReceiveEvents(deps: Deps) {
  const { subscriptionsOf, writeEvents, noteDropped, wakeChannel, deadLetters, log, telemetry } = deps;

  return async function receiveEvents(queued: QueuedMessage): Promise<Received> {
    const message = unwrapReturned(queued);
    const parsed = parseMessage(message.body);
    return telemetry.work(
      () => workOf(parsed.events, message.id),
      () => take(message, parsed),
    );
  };

  async function take(message: QueuedMessage, { events, faults }: ParsedMessage): Promise<Received> {
    const { bundles, gone, unmatched, dropped } = bundleEvents(traced(events), await subscriptionsOfAll(events));
    await Promise.all([
      ...bundles.map(storeAndWake),
      ...gone.map(({ subscription, events: noted }) => noteDropped(subscription.id, 'ordinary', noted)),
      ...faults.map((fault) => bury(message, fault)),
    ]);
    countEvents(events.length, { unmatched, dropped }, bundles);
    const received = { events: events.length, faults: faults.length, channels: bundles.length, unmatched, dropped };
    log.info('message received', received);
    return received;
  }

  /** An event without a trace of its own is stored with that of its arrival. */
  function traced(events: readonly Event[]): readonly Event[] {
    const trace = telemetry.trace();
    if (trace === undefined) return events;
    return events.map((event) => (event.traceparent === undefined ? { ...event, ...trace } : event));
  }

  /** The subscriptions of the accounts that a message is of: nearly always one, asked for once. */
  async function subscriptionsOfAll(events: readonly Event[]): Promise<SubscriptionsByAccount> {
    const byAccount = new Map<string, readonly Matching[]>();
    for (const { account } of events) {
      if (!byAccount.has(account)) byAccount.set(account, await subscriptionsOf(account));
    }
    return byAccount;
  }

  /**
   * First the page, then the wake (rule 1): a wake before it could look too early, and none would follow. Who is told at once is
   * asked again after the page: it can take minutes to be stored, and the job that an edit to immediate hid for those who did
   * not know yet (rule 15) has come and gone by then.
   */
  async function storeAndWake({ subscription: { id, account }, urgency, events }: Bundle): Promise<void> {
    await writeEvents(id, urgency, events);
    const channel = { account, subscriptionId: id };
    if (urgency === 'urgent') return wakeChannel(channel, 'urgent');
    const now = (await subscriptionsOf(account)).find((subscription) => subscription.id === id);
    if (now?.immediate) await wakeChannel(channel, 'look');
  }

  async function bury(message: QueuedMessage, fault: Fault): Promise<void> {
    const { position, reason, payload, because, field } = fault;
    const from = { queue: 'events', messageId: message.id, insertedAt: message.insertedAt };
    await deadLetters.put({ ...from, position, because, reason, payload });
    telemetry.count('tidings.dead-letters', 1, { queue: 'events', reason: because, field });
  }

  /** Counted once all is stored: a message that failed is counted when it is seen again. */
  function countEvents(
    received: number,
    counts: { unmatched: number; dropped: number },
    bundles: readonly Bundle[],
  ): void {
    telemetry.count('tidings.events.received', received);
    if (counts.unmatched > 0) telemetry.count('tidings.events.unmatched', counts.unmatched);
    if (counts.dropped > 0) telemetry.count('tidings.events.dropped', counts.dropped, { because: 'paused' });
    for (const { urgency, events } of bundles) telemetry.count('tidings.events.matched', events.length, { urgency });
  }
}

/** Events of one trace: its next piece of work. Of several, or of none: work of its own that they led to. */
function workOf(events: readonly Event[], messageId: string): Work {
  const traces = tracesOf(events);
  const begun = { name: 'receive-events', kind: 'consumer', ids: { messageId, events: events.length } } as const;
  return traces.length === 1 ? { ...begun, parent: traces[0] } : { ...begun, links: traces };
}
