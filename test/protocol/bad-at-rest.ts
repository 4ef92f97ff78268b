/** What must not be once nobody does anything and no message waits: what waits then waits for an accident. */
import type { DigestRecord } from '../../shared/digests/digest.ts';
import type { HeadState } from '../../shared/digests/head.ts';
import { nextDueAt } from '../../shared/schedules/due-row.ts';
import { dutyOf } from '../../shared/subscriptions/due-of-subscription.ts';
import type { Bad } from './bad-states.ts';
import { dueIn, type PageSeen, type SubscriptionSeen } from './decode.ts';
import type { Scenario } from './scenario.ts';
import type { State } from './state.ts';

/** A state as its judge sees it. */
export interface Seen {
  readonly scenario: Scenario;
  readonly state: State;
  readonly records: ReadonlyMap<string, DigestRecord>;
  readonly pages: readonly PageSeen[];
  readonly head: HeadState | undefined;
  readonly subscription: SubscriptionSeen | undefined;
}

/** The first bad thing about a state at rest. */
export function badAtRest(
  seen: Seen,
  why: (name: Bad['name'], reason: string | undefined) => Bad | undefined,
): Bad | undefined {
  return (
    why('stuck', stuck(seen)) ??
    why('late', late(seen)) ??
    why('due rows', dueRows(seen)) ??
    why('left under a tombstone', remains(seen))
  );
}

/** True once people saw an event. */
export function wasShown({ shown }: State, event: string): boolean {
  return (shown[event]?.times ?? 0) > 0;
}

/** At rest nothing waits that only an accident would wake; `reconcile` is not counted on. */
function stuck({ state, pages, records, head, subscription }: Seen): string | undefined {
  if (subscription === undefined) return undefined;
  const { state: is, schedule, urgentSeverity, revision } = subscription;
  const due = dueIn(state.rows).filter((row) => row.revision === revision);
  if (is.is === 'paused' && is.until === undefined) return undefined;
  if (is.is !== 'active') return due.length > 0 ? undefined : `${is.is}, and no due row will end it`;
  if (head?.digest !== undefined) return `the digest ${head.digest.state} of ${head.digest.sequence} waits`;
  if (head?.asked?.now === true || head?.asked?.due?.revision === revision) return 'a wish waits in the head';
  const open = pages.filter(({ digestId }) => digestId === undefined);
  const unseen = open.filter(({ events }) => events.some((event) => !wasShown(state, event)));
  if (unseen.length === 0) return undefined;
  if (schedule.every === 'now') return `page ${unseen[0]?.key} waits`;
  if (due.length === 0) return `page ${unseen[0]?.key} waits, and no due row will come`;
  const wasReturned = [...records.values()].some((record) => record.state === 'returned');
  const urgent = unseen.find(({ urgency }) => urgency === 'urgent');
  return urgent === undefined || urgentSeverity === null || wasReturned ? undefined : `urgent page ${urgent.key} waits`;
}

/** What was due or wished for has gone out, unless the webhook did not take it. */
function late({ state, records, subscription }: Seen): string | undefined {
  if (subscription?.state.is !== 'active') return undefined;
  if ([...records.values()].some((record) => record.state === 'returned')) return undefined;
  const event = state.promised.find((promised) => !wasShown(state, promised));
  return event === undefined ? undefined : `${event} was due, and waits for another time`;
}

/** Rules 3 and 4: a channel that has a duty has its row; two of them become one, since the earlier one's next time is the later's. */
function dueRows({ state, subscription }: Seen): string | undefined {
  if (subscription === undefined) return undefined;
  const duty = dutyOf(subscription);
  const mine = dueIn(state.rows).filter(({ revision }) => revision === subscription.revision);
  if (duty === undefined) return mine.length > 0 ? 'a due row without a duty' : undefined;
  const [first, ...others] = mine;
  if (first === undefined) return 'no due row of the current revision';
  for (const other of others) {
    let at: number | undefined = first.dueAt;
    while (at !== undefined && at < other.dueAt) at = nextDueAt(first.duty, at);
    if (at !== other.dueAt) return `due rows at ${first.dueAt} and ${other.dueAt} never become one`;
  }
  return undefined;
}

/** Rule 18: once the net has run, nothing is left of a removed channel. */
function remains({ scenario, state, pages, head }: Seen): string | undefined {
  const isOver = scenario.happenings?.[state.happened - 1]?.do === 'reconcile';
  if (!isOver || state.removedAt === undefined) return undefined;
  if (pages.length > 0 || head !== undefined) return 'pages or head remain';
  // A timer that ticks while the net runs moves the row on; the next run finds it.
  const net = state.processes.find(({ program }) => program.kind === 'reconciler')?.since ?? 0;
  if (state.processes.some(({ program, since }) => program.kind === 'dispatcher' && since >= net)) return undefined;
  return dueIn(state.rows).length > 0 ? 'a due row remains' : undefined;
}
