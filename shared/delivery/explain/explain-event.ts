/**
 * Where an event went: looked for on the queues, among dead letters, and in every channel of its account. Nothing is changed.
 * What matched nobody is kept nowhere: of such an event, its caller has to say what it was.
 */
import type { Event } from '../../events/event.ts';
import { identityOf } from '../../events/event-identity.ts';
import { pageTime } from '../../events/page.ts';
import type { SubscriptionRow, SubscriptionsTable } from '../../subscriptions/subscriptions-table.ts';
import { explainChannel } from './explain-channel.ts';
import { type EventName, findOutside, type OutsideDeps } from './find-outside.ts';
import { findTraces, hasTraces, type Traces, type TracesDeps } from './find-traces.ts';
import type { Finding } from './finding.ts';

/** What is asked. `event`: what its caller says that it was. */
export interface Question extends EventName {
  readonly account: string | undefined;
  readonly event: (Pick<Event, 'type' | 'scope' | 'severity'> & { readonly time?: string | undefined }) | undefined;
}

/** Where to look. `isKnownAccount`: whether anything but subscriptions is kept of it; `looked` is called for each channel. */
export interface ExplainDeps extends TracesDeps, OutsideDeps {
  readonly subscriptions: Pick<SubscriptionsTable, 'list'>;
  readonly isKnownAccount: (account: string) => Promise<boolean>;
  readonly now: () => number;
  readonly looked: () => void;
}

/** The answers, those about the event itself first. `hidden`: messages that could not be looked at. */
export interface Explained {
  readonly account: string | undefined;
  readonly findings: readonly Finding[];
  readonly hidden: number;
}

interface Looked {
  readonly row: SubscriptionRow;
  readonly traces: Traces;
}

/** An event that neither a queue nor a dead letter has, and what its account's channels say of it. */
interface Unplaced {
  readonly account: string | undefined;
  readonly findings: readonly Finding[];
  readonly hasChannel: boolean;
  readonly isTraced: boolean;
}

/** Explains. */
export function createExplainEvent(deps: ExplainDeps) {
  return async function explainEvent(question: Question): Promise<Explained> {
    const outside = await findOutside(deps, question);
    const asked = question.account ?? outside.event?.account;
    const channels = await lookAt(asked, identityOf(question));
    const traced = channels.filter(({ traces }) => hasTraces(traces));
    const event = traced.find(({ traces }) => traces.event !== undefined)?.traces.event ?? outside.event;
    const account = asked ?? event?.account ?? accountOf(traced[0]?.row);
    const known = question.event ?? event;
    const cameAt = firstOf(traced) ?? timeOf(question.event?.time ?? event?.time);
    const isOutside = outside.findings.length > 0;
    const ofAccount = channels.filter(({ row }) => (account === undefined ? false : accountOf(row) === account));
    const findings = ofAccount.flatMap(({ row, traces }): Finding[] =>
      row.is === 'removed'
        ? [removed(row)]
        : explainChannel(
            { subscription: row.subscription, traces, now: deps.now() },
            known === undefined ? undefined : { event: known, cameAt, isOutside },
          ),
    );
    const hasChannel = ofAccount.some(({ row }) => row.is === 'present');
    const isTraced = traced.length > 0;
    const about = isOutside ? outside.findings : await aboutEvent({ account, findings, hasChannel, isTraced });
    return { account, findings: [...about, ...findings], hidden: outside.hidden };
  };

  async function lookAt(account: string | undefined, identity: Uint8Array): Promise<Looked[]> {
    const found: Looked[] = [];
    for await (const row of deps.subscriptions.list(account)) {
      const id = row.is === 'present' ? row.subscription.id : row.tombstone.id;
      found.push({ row, traces: await findTraces(deps, id, identity) });
      deps.looked();
    }
    return found;
  }

  /** What can be said where neither a queue nor a dead letter has it. */
  async function aboutEvent({ account, findings, hasChannel, isTraced }: Unplaced): Promise<Finding[]> {
    if (isTraced) return [];
    if (account === undefined) return [{ why: 'never-seen' }];
    const living = findings.filter(({ why }) => why !== 'removed');
    if (living.length > 0)
      return living.every(({ why }) => why === 'topic' || why === 'scope' || why === 'severity')
        ? [{ why: 'nobody-wants' }]
        : [{ why: 'never-seen' }];
    if (hasChannel) return [{ why: 'never-seen' }];
    const isKnown = findings.length > 0 || (await deps.isKnownAccount(account));
    return [{ why: isKnown ? 'no-subscriptions' : 'account-unknown' }];
  }
}

function removed(row: Extract<SubscriptionRow, { is: 'removed' }>): Finding {
  const { id, account, removedAt } = row.tombstone;
  return { why: 'removed', channel: { id, account, name: '' }, at: removedAt };
}

function accountOf(row: SubscriptionRow | undefined): string | undefined {
  return row?.is === 'present' ? row.subscription.account : row?.tombstone.account;
}

/** When it first came, by the oldest page that has it. */
function firstOf(traced: readonly Looked[]): number | undefined {
  const times = traced.flatMap(({ traces }) => traces.pages.map(({ key }) => pageTime(key)));
  return times.length === 0 ? undefined : Math.min(...times);
}

function timeOf(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}
