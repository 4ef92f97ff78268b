/** Why a channel was, is, will be or was not shown an event: from what it keeps, and from its choices. */
import { SAME_EVENT_MS } from '../../digests/claim-pages.ts';
import { type DigestRecord, digestIdOf, parseDigestId } from '../../digests/digest.ts';
import type { Event } from '../../events/event.ts';
import { whyNotWanted } from '../../events/match.ts';
import { pageTime } from '../../events/page.ts';
import { WAITING_PAGES_MS } from '../../platform/retention.ts';
import { isHeld } from '../../subscriptions/disable-by-operator.ts';
import { dueRowOf } from '../../subscriptions/due-of-subscription.ts';
import { isImmediate, type Subscription } from '../../subscriptions/subscription.ts';
import { NOBODY } from '../drop-waiting.ts';
import { hasTraces, type PageTrace, type Traces } from './find-traces.ts';
import type { Finding } from './finding.ts';

/** What the rules look at. */
export interface AtChannel {
  readonly subscription: Subscription;
  readonly traces: Traces;
  readonly now: number;
}

/** What is known of an event that a channel has no trace of. `cameAt`: when it came, where that is known. */
export interface KnownEvent {
  readonly event: Pick<Event, 'type' | 'scope' | 'severity'>;
  readonly cameAt: number | undefined;
  /** It is still to be taken: from a queue, or as a dead letter. */
  readonly isOutside: boolean;
}

/** Answers for one channel; none where nothing can be said. */
export function explainChannel(at: AtChannel, known: KnownEvent | undefined): Finding[] {
  const { id, account, target } = at.subscription;
  const channel = { id, account, name: target.name };
  const found = hasTraces(at.traces) ? ofTraces(at) : known === undefined ? [] : [ofChoices(at, known)];
  const isCut = at.traces.event?.data.cut === true ? true : undefined;
  return found.map((finding) => ({ ...finding, channel, isCut }));
}

function ofTraces(at: AtChannel): Finding[] {
  const { pages, records, notes } = at.traces;
  const inPages = pages.map((page) => ofPage(at, page));
  const told = new Set(inPages.map(({ digest }) => digest));
  const { id } = at.subscription;
  const gone = records // their pages are kept for a shorter time
    .filter((record) => record.state !== 'returned' && !told.has(digestIdOf(id, record.sequence)))
    .map((record) => ofRecord(at, record));
  const dropped = notes.map(({ because, at: when }): Finding => ({ why: `dropped-${because}`, at: when }));
  const all = [...gone, ...inPages, ...dropped];
  return all.length > 0 ? all : records.slice(0, 1).map((record) => ofRecord(at, record));
}

function ofPage(at: AtChannel, page: PageTrace): Finding {
  const { digestId, key, isLeftOut } = page;
  const { head, pageRecords } = at.traces;
  if (digestId === undefined) return ofOpenPage(at, page);
  if (digestId === NOBODY)
    return {
      why: at.now - pageTime(key) >= WAITING_PAGES_MS ? 'dropped-waited' : 'dropped-too-many',
      at: pageTime(key),
    };
  if (isLeftOut) return repeat(at, digestId);
  const sequence = parseDigestId(digestId)?.sequence ?? 0;
  const record = pageRecords.get(sequence);
  if (head.digest?.sequence !== sequence && record !== undefined) return ofRecord(at, record);
  const { nextAttemptAt } = head.digest ?? {};
  const last = record?.attempts.at(-1);
  const retries = last !== undefined && head.digest?.state === 'frozen';
  return {
    why: retries ? 'retrying' : 'sending',
    digest: digestId,
    at: last?.at ?? head.digest?.frozenAt,
    until: nextAttemptAt,
    reason: last?.reason,
  };
}

function ofRecord({ subscription }: AtChannel, { sequence, state, attempts, frozenAt }: DigestRecord): Finding {
  const last = attempts.at(-1);
  const common = { digest: digestIdOf(subscription.id, sequence), at: last?.at ?? frozenAt, reason: last?.reason };
  switch (state) {
    case 'delivered':
      return { why: 'shown', ...common };
    case 'accepted':
      return { why: last?.outcome === 'unclear' ? 'unclear' : 'shown', ...common };
    case 'returned':
      return { why: 'returned', ...common };
    case 'frozen':
      return { why: 'retrying', ...common, until: last?.nextAttemptAt };
  }
}

/** Left out: shown by another digest, or by an earlier page of the same one. */
function repeat({ subscription, traces }: AtChannel, digestId: string): Finding {
  const shown = traces.records.find(
    ({ state, sequence }) => state !== 'returned' && digestIdOf(subscription.id, sequence) !== digestId,
  );
  return shown === undefined ? { why: 'repeat', digest: digestId } : repeatOf(subscription, shown);
}

function repeatOf({ id }: Subscription, { sequence, attempts }: DigestRecord): Finding {
  return { why: 'repeat', digest: digestIdOf(id, sequence), at: attempts.at(-1)?.at };
}

function ofOpenPage(at: AtChannel, page: PageTrace): Finding {
  const { subscription, traces, now } = at;
  const cameAt = pageTime(page.key);
  const shown = traces.records.find(
    ({ state, lastPage }) =>
      state !== 'returned' && lastPage !== undefined && cameAt - pageTime(lastPage) <= SAME_EVENT_MS,
  );
  if (shown !== undefined) return repeatOf(subscription, shown);
  const { state } = subscription;
  if (state.is === 'paused') return { why: 'waiting-paused', at: cameAt, until: state.until };
  if (state.is === 'disabled')
    return {
      why: 'waiting-disabled',
      at: cameAt,
      until: isHeld(state) ? undefined : state.nextProbe,
      reason: state.reason,
    };
  const until = goesAt(at, page);
  const returned = traces.records.find((record) => record.state === 'returned');
  if (returned === undefined) return { why: 'waiting', at: cameAt, until };
  const { sequence, attempts } = returned;
  const last = attempts.at(-1);
  return { why: 'returned', at: last?.at, until, digest: digestIdOf(subscription.id, sequence), reason: last?.reason };

  function goesAt({ traces: { head } }: AtChannel, { urgency }: PageTrace): number {
    if (head.digest?.nextAttemptAt !== undefined) return Math.max(now, head.digest.nextAttemptAt);
    if (head.digest !== undefined || head.asked !== undefined) return now;
    if (urgency === 'urgent' || isImmediate(subscription.schedule)) return Math.max(now, head.wake ?? now);
    return dueRowOf(subscription, now)?.dueAt ?? now;
  }
}

/** No trace: what its choices say of such an event, as they are now. */
function ofChoices({ subscription, now }: AtChannel, { event, cameAt, isOutside }: KnownEvent): Finding {
  const because = whyNotWanted(event, subscription);
  switch (because) {
    case 'topic':
      return { why: 'topic', chosen: { has: event.type, wants: subscription.topics } };
    case 'scope':
      return { why: 'scope', chosen: { has: event.scope ?? '', wants: subscription.scopes } };
    case 'severity':
      return { why: 'severity', chosen: { has: event.severity, wants: [subscription.minSeverity] } };
    case undefined:
      if (isOutside) return { why: 'would-get', until: now };
      return cameAt !== undefined && subscription.createdAt > cameAt
        ? { why: 'made-later', at: subscription.createdAt }
        : { why: 'changed-since' };
  }
}
