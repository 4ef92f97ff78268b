/** The hourly net: subscriptions without a due row, work left behind, news left untold, rows past their time. What it finds is a number worth watching. */
import { LINKS_MS, MAX_WAITING_EVENTS } from '../platform/retention.ts';
import { digestJob } from '../schedules/digest-job.ts';
import { dueRowOf } from '../subscriptions/due-of-subscription.ts';
import type { Subscription, Tombstone } from '../subscriptions/subscription.ts';
import type { SubscriptionRow } from '../subscriptions/subscriptions-table.ts';
import { clearInbox, clearRemoved } from './clear-inbox.ts';
import type { DeliveryDeps } from './delivery-deps.ts';
import type { Cleared } from './drop-waiting.ts';
import { isLeftBehind } from './left-behind.ts';
import { canBeQuiet, quietSince } from './post-quiet.ts';

const MINUTE = 60_000;
/** Rows under a tombstone are cleared once every cache and every write under way knows of it, in real time (rule 17). */
const CACHES_KNOW_MS = 15 * MINUTE;

/** What was found and mended. */
export interface Reconciled {
  readonly subscriptions: number;
  readonly dueRowsMissing: number;
  readonly dueRowsStale: number;
  readonly channelsWoken: number;
  /** Subscriptions of which the product had not been told something. */
  readonly untold: number;
  /** Workflows that nothing was posted to for long: each gets a card that keeps it on. */
  readonly quiet: number;
  readonly tombstonesCleared: number;
  readonly pagesDeleted: number;
  /** Events that nobody will be shown: they waited too long, or were too many. */
  readonly eventsDropped: number;
  /** Subscriptions at which something failed; the next run comes to them again. */
  readonly failed: number;
}

/** What differs from deliveries. */
export interface ReconcileOptions {
  /** Does what a removal that stopped half-way left to do; absent, nothing beside rows is cleared. */
  readonly finishRemoval?: (tombstone: Tombstone) => Promise<void>;
  readonly maxWaiting?: number;
}

type DueKey = { readonly dueAt: number; readonly revision: number };
type Found = { -readonly [K in keyof Reconciled]: number };

/** One run. Harmless at any time and twice: everything it does is what protocol or retention would have done. */
export function createReconcile(deps: DeliveryDeps, options: ReconcileOptions = {}) {
  const { subscriptions, heads, due, jobs, clock, log, tellProduct } = deps;
  const { finishRemoval, maxWaiting = MAX_WAITING_EVENTS } = options;

  return async function reconcile(): Promise<Reconciled> {
    const found: Found = {
      subscriptions: 0,
      dueRowsMissing: 0,
      dueRowsStale: 0,
      channelsWoken: 0,
      untold: 0,
      quiet: 0,
      tombstonesCleared: 0,
      pagesDeleted: 0,
      eventsDropped: 0,
      failed: 0,
    };
    const dueRows = await readDueRows();
    for await (const row of subscriptions.list()) {
      const id = row.is === 'present' ? row.subscription.id : row.tombstone.id;
      try {
        const rows = dueRows.get(id) ?? [];
        if (row.is === 'present') await mend(row.subscription, rows, found);
        else await clear(row, rows, found);
      } catch (error) {
        // One channel that cannot be mended must not keep the net from all others.
        found.failed += 1;
        log.error('a channel could not be reconciled', { subscriptionId: id, error: nameOf(error) });
      }
    }
    return found;
  };

  async function mend(subscription: Subscription, rows: readonly DueKey[], found: Found): Promise<void> {
    const { id, account, revision } = subscription;
    found.subscriptions += 1;
    found.dueRowsStale += await removeDue(
      id,
      rows.filter((row) => row.revision !== revision),
    );
    if (!rows.some((row) => row.revision === revision)) found.dueRowsMissing += await insertDue(subscription);
    if (subscription.untold !== undefined) {
      await tellProduct.tell(subscription);
      found.untold += 1;
    }
    if (await isLeftBehind(deps, subscription)) {
      await jobs.put(digestJob({ account, subscriptionId: id }, { why: 'look' }));
      found.channelsWoken += 1;
    }
    if (canBeQuiet(subscription, clock.now())) await keepAlive(subscription, found);
    count(await clearInbox(deps, id, maxWaiting), found);
  }

  async function keepAlive(subscription: Subscription, found: Found): Promise<void> {
    const { account, id } = subscription;
    const { head } = await heads.read(id);
    if (quietSince(subscription, head, clock.now()) === undefined) return;
    await jobs.put(digestJob({ account, subscriptionId: id }, { why: 'quiet' }));
    found.quiet += 1;
  }

  async function clear(
    { tombstone, etag }: Extract<SubscriptionRow, { is: 'removed' }>,
    rows: readonly DueKey[],
    found: Found,
  ): Promise<void> {
    const age = clock.now() - tombstone.removedAt;
    found.dueRowsStale += await removeDue(tombstone.id, rows);
    if (age <= CACHES_KNOW_MS * clock.rate()) return;
    count(await clearRemoved(deps, tombstone.id), found);
    if (age > LINKS_MS) {
      await subscriptions.forget(tombstone, etag);
      found.tombstonesCleared += 1;
    } else if (tombstone.cleared !== true) await finishRemoval?.(tombstone);
  }

  async function readDueRows(): Promise<Map<string, DueKey[]>> {
    const rows = new Map<string, DueKey[]>();
    for await (const { subscriptionId, dueAt, revision } of due.listAll()) {
      rows.set(subscriptionId, [...(rows.get(subscriptionId) ?? []), { dueAt, revision }]);
    }
    return rows;
  }

  /** The rows were read first, the subscription after: a row of another revision can only be older. */
  async function removeDue(subscriptionId: string, rows: readonly DueKey[]): Promise<number> {
    for (const row of rows) await due.remove({ subscriptionId, ...row });
    return rows.length;
  }

  async function insertDue(subscription: Subscription): Promise<number> {
    const row = dueRowOf(subscription, clock.now());
    if (row === undefined) return 0;
    await due.put(row);
    return 1;
  }
}

function count({ pages, eventsDropped }: Cleared, found: Found): void {
  found.pagesDeleted += pages;
  found.eventsDropped += eventsDropped;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
