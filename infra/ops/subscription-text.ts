/** Subscriptions as commands show them. */
import { describeSchedule } from '../../shared/subscriptions/describe.ts';
import { isHeld } from '../../shared/subscriptions/disable-by-operator.ts';
import type { Owner, Subscription } from '../../shared/subscriptions/subscription.ts';
import type { SubscriptionRow } from '../../shared/subscriptions/subscriptions-table.ts';
import { lineOf, tableText, timeText } from './print.ts';

/** Its state with what belongs to it. */
export function stateText({ state }: Pick<Subscription, 'state'>): string {
  switch (state.is) {
    case 'active':
      return 'active';
    case 'paused':
      return `paused ${state.until === undefined ? 'until resumed' : `until ${timeText(state.until)}`}, ${state.arriving === 'keep' ? 'keeps' : 'drops'} what arrives`;
    case 'disabled': {
      const next = isHeld(state) ? 'until enabled' : `tried again ${timeText(state.nextProbe)}`;
      return `disabled since ${timeText(state.since)}, ${next}: ${lineOf(state.reason)}`;
    }
  }
}

/** A line for each. */
export function subscriptionsText(rows: readonly SubscriptionRow[]): string {
  if (rows.length === 0) return 'No subscriptions.\n';
  const lines = rows.map((row) =>
    row.is === 'removed'
      ? [row.tombstone.id, lineOf(row.tombstone.account), '', '', '', `removed ${timeText(row.tombstone.removedAt)}`]
      : [
          row.subscription.id,
          lineOf(row.subscription.account),
          lineOf(row.subscription.target.name),
          row.subscription.target.kind,
          describeSchedule(row.subscription.schedule),
          stateText(row.subscription),
        ],
  );
  return tableText([['ID', 'ACCOUNT', 'NAME', 'KIND', 'TOLD', 'STATE'], ...lines]);
}

/** An owner by their ids. */
export function ownerText({ tid, oid, sub }: Owner): string {
  return [sub === undefined ? [] : [`sub:${lineOf(sub)}`], oid === undefined ? [] : [`${tid ?? ''}/${oid}`]]
    .flat()
    .join(' ');
}
