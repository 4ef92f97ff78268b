/**
 * Group commit: invocations that run together hand their events to one writer per channel, which makes one page of them.
 * The first write goes at once, with all that came in the same turn; what arrives while it is under way goes together next.
 */
import type { InboxTable } from './inbox-table.ts';
import { MAX_PAGE_BYTES, MAX_PAGE_EVENTS, type PackedEvent, pageKey, type Urgency } from './page.ts';

interface Deps {
  readonly inbox: Pick<InboxTable, 'insertPage'>;
  readonly clock: { now(): number };
  /** Unique to this process: part of every page's key. */
  readonly processId: string;
}

/** Events of one invocation for one channel; all are stored, or the promise fails. */
interface Waiting {
  readonly events: readonly PackedEvent[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Stores events of one channel: resolves once they are in a page. */
export type WriteEvents = (subscriptionId: string, urgency: Urgency, events: readonly PackedEvent[]) => Promise<void>;

/** A writer for every channel of this process. */
export function createInboxWriter({ inbox, clock, processId }: Deps): WriteEvents {
  const queues = new Map<string, Waiting[]>(); // present while a write of that channel is under way
  let counter = 0;

  return (subscriptionId, urgency, events) =>
    new Promise<void>((done, failed) => {
      const key = `${subscriptionId} ${urgency}`;
      const waiting = { events, done, failed };
      const queue = queues.get(key);
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      queues.set(key, [waiting]);
      void drain(key, subscriptionId, urgency);
    });

  async function drain(key: string, subscriptionId: string, urgency: Urgency): Promise<void> {
    await undefined; // the messages of one poll come in one turn: a page for all of them, and not one for the first alone
    for (let group = takeFrom(key); group.length > 0; group = takeFrom(key)) {
      await commit(subscriptionId, urgency, group);
    }
    queues.delete(key);
  }

  function takeFrom(key: string): Waiting[] {
    const group = queues.get(key) ?? [];
    queues.set(key, []);
    return group;
  }

  /** Writes a group; one that fails is tried in halves, so that one bad part fails alone. */
  async function commit(subscriptionId: string, urgency: Urgency, group: readonly Waiting[]): Promise<void> {
    try {
      for (const events of intoPages(group.flatMap((waiting) => waiting.events))) {
        await inbox.insertPage(subscriptionId, nextKey(), urgency, events);
      }
      for (const { done } of group) done();
    } catch (error) {
      if (group.length === 1) {
        group[0]?.failed(error);
        return;
      }
      const half = Math.ceil(group.length / 2);
      await commit(subscriptionId, urgency, group.slice(0, half));
      await commit(subscriptionId, urgency, group.slice(half));
    }
  }

  function nextKey(): string {
    counter += 1;
    return pageKey(clock.now(), processId, counter);
  }
}

/** Cuts events into pages that fit a row. Their order stays. */
export function intoPages(events: readonly PackedEvent[]): PackedEvent[][] {
  const pages: PackedEvent[][] = [];
  let page: PackedEvent[] = [];
  let bytes = 2; // the brackets
  for (const event of events) {
    if (page.length > 0 && (bytes + event.bytes + 1 > MAX_PAGE_BYTES || page.length === MAX_PAGE_EVENTS)) {
      pages.push(page);
      page = [];
      bytes = 2;
    }
    page.push(event);
    bytes += event.bytes + 1; // and its comma
  }
  return page.length === 0 ? pages : [...pages, page];
}
