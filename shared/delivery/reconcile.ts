/** The hourly net: subscriptions without a due row, work left behind, rows past their time. What it finds is a number worth watching. */
import { LATE_WRITE_MS } from '../digests/claim-pages.ts';
import { firstKeyAt } from '../events/page.ts';
import { digestJob } from '../schedules/digest-job.ts';
import { dueRowOf } from '../subscriptions/due-of-subscription.ts';
import { isImmediate, type Subscription } from '../subscriptions/subscription.ts';
import { clearInbox } from './clear-inbox.ts';
import type { DeliveryDeps } from './delivery-deps.ts';

const MINUTE = 60_000;
/** A tombstone is kept this long: as long as links and action tokens live. */
const TOMBSTONE_MS = 31 * 24 * 60 * MINUTE;
/** A retry this late will not come by itself: its job was lost. */
const LOST_AFTER_MS = 15 * MINUTE;
/** Rows under a tombstone are cleared once every cache and every write under way knows of it. */
const CACHES_KNOW_MS = 15 * MINUTE;

/** What was found and mended. */
export interface Reconciled {
  readonly subscriptions: number;
  readonly dueRowsMissing: number;
  readonly dueRowsStale: number;
  readonly channelsWoken: number;
  readonly tombstonesCleared: number;
  readonly pagesDeleted: number;
}

/** One run. Harmless at any time and twice: everything it does is what protocol or retention would have done. */
export function createReconcile(deps: DeliveryDeps) {
  return async function reconcile(): Promise<Reconciled> {
    const found = {
      subscriptions: 0,
      dueRowsMissing: 0,
      dueRowsStale: 0,
      channelsWoken: 0,
      tombstonesCleared: 0,
      pagesDeleted: 0,
    };
    const dueRevisions = await readDueRevisions();
    for await (const row of deps.subscriptions.list()) {
      if (row.is === 'removed') {
        const { id, removedAt } = row.tombstone;
        for (const key of dueRevisions.get(id) ?? []) found.dueRowsStale += await removeDue(id, key);
        if (deps.clock.now() - removedAt > CACHES_KNOW_MS)
          found.pagesDeleted += await clearInbox(deps, id, 'everything');
        if (deps.clock.now() - removedAt > TOMBSTONE_MS) {
          await deps.subscriptions.forget(row.tombstone, row.etag);
          found.tombstonesCleared += 1;
        }
        continue;
      }
      found.subscriptions += 1;
      const { subscription } = row;
      const rows = dueRevisions.get(subscription.id) ?? [];
      for (const stale of rows.filter(({ revision }) => revision !== subscription.revision)) {
        found.dueRowsStale += await removeDue(subscription.id, stale);
      }
      if (!rows.some(({ revision }) => revision === subscription.revision))
        found.dueRowsMissing += await insertDue(subscription);
      if (await isLeftBehind(subscription)) {
        await deps.jobs.put(
          digestJob({ account: subscription.account, subscriptionId: subscription.id }, { why: 'look' }),
        );
        found.channelsWoken += 1;
      }
      found.pagesDeleted += await clearInbox(deps, subscription.id, 'past their time');
    }
    return found;
  };

  type DueKey = { readonly dueAt: number; readonly revision: number };

  async function readDueRevisions(): Promise<Map<string, DueKey[]>> {
    const rows = new Map<string, DueKey[]>();
    for await (const { subscriptionId, dueAt, revision } of deps.due.listAll()) {
      rows.set(subscriptionId, [...(rows.get(subscriptionId) ?? []), { dueAt, revision }]);
    }
    return rows;
  }

  /** The rows were read first, the subscription after: a row of an older revision can only be older. */
  async function removeDue(subscriptionId: string, key: DueKey): Promise<number> {
    await deps.due.remove({ subscriptionId, ...key });
    return 1;
  }

  async function insertDue(subscription: Subscription): Promise<number> {
    const row = dueRowOf(subscription, deps.clock.now());
    if (row === undefined) return 0;
    await deps.due.put(row);
    return 1;
  }

  /** Work that nothing will wake: an unfinished digest, a wish, or open pages of an immediate channel, and no job in sight. */
  async function isLeftBehind(subscription: Subscription): Promise<boolean> {
    if (subscription.state.is !== 'active') return false;
    const { clock, times } = deps;
    const { head } = await deps.heads.read(subscription.id);
    if (head.lease !== undefined) return clock.realNow() > head.lease.ends + times.takeoverMs;
    if (head.digest !== undefined) return clock.now() > (head.digest.nextAttemptAt ?? 0) + LOST_AFTER_MS;
    if (head.asked !== undefined || head.again) return true;
    const urgency = isImmediate(subscription.schedule) ? undefined : 'urgent';
    if (urgency === 'urgent' && subscription.urgentSeverity === null) return false;
    const from = firstKeyAt(head.openFrom - LATE_WRITE_MS * clock.rate());
    const open = deps.inbox.listPages({ subscriptionId: subscription.id, from, urgency, columns: 'identities' });
    for await (const _ of open) return true;
    return false;
  }
}
