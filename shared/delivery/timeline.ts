/** What was delivered to a channel, when, and why something was not: the last digests, newest first. */
import { type CurrentDigest, type DigestRecord, digestIdOf } from '../digests/digest.ts';
import type { DigestsTable } from '../digests/digests-table.ts';
import type { HeadTable } from '../digests/head-table.ts';
import type { Clock } from '../platform/clock.ts';
import { LINKS_MS } from '../platform/retention.ts';
import type { SubscriptionKey } from '../subscriptions/subscriptions-table.ts';
import { type TestView, testView } from './test-outcome.ts';

/** Where a digest is. `retrying`: it waits for its next attempt; `unclear`: it may have arrived, or twice. */
export type DeliveryState = 'sending' | 'retrying' | 'delivered' | 'accepted' | 'unclear' | 'returned';

/** A digest as the API shows it. Times are ISO 8601. */
export interface DeliveryView {
  readonly id: string;
  readonly at: string;
  readonly count: number;
  readonly urgent: boolean;
  readonly state: DeliveryState;
  /** What the last attempt came to, by its stable name, and in words where there is more to say. */
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly nextAttemptAt: string | null;
  readonly attempts: readonly AttemptView[];
  /** The whole digest, while its page is kept. */
  readonly page: string | null;
}

/** An attempt as the API shows it. */
export interface AttemptView {
  readonly at: string;
  readonly outcome: string;
  readonly status: number | null;
  readonly reason: string | null;
}

/** A channel's deliveries, and its last test card. */
export interface TimelineView {
  readonly deliveries: readonly DeliveryView[];
  readonly test: TestView | null;
}

/** What reading needs. `pageOf`: the signed address of a digest's page. */
export interface TimelineDeps {
  readonly heads: Pick<HeadTable, 'read'>;
  readonly digests: Pick<DigestsTable, 'list'>;
  readonly pageOf: (digest: { digest: string; account: string }, frozenAt: number) => Promise<string>;
  readonly clock: Pick<Clock, 'now'>;
}

const MAX_DELIVERIES = 30;

/** Reads a channel's timeline. */
export function createReadTimeline({ heads, digests, pageOf, clock }: TimelineDeps) {
  return async function readTimeline({ account, id }: SubscriptionKey): Promise<TimelineView> {
    const { digest, test } = (await heads.read(id)).head;
    const records: DigestRecord[] = [];
    for await (const { record } of digests.list(id)) {
      records.push(record);
      if (records.length === MAX_DELIVERIES) break;
    }
    const isNew = digest !== undefined && digest.state !== 'freezing' && records[0]?.sequence !== digest.sequence;
    if (isNew) records.unshift({ ...digest, state: 'frozen', attempts: [] });
    const views = records.map(async (record): Promise<DeliveryView> => {
      const digestId = digestIdOf(id, record.sequence);
      const isKept = record.count > 0 && record.frozenAt > clock.now() - LINKS_MS;
      const page = isKept ? await pageOf({ digest: digestId, account }, record.frozenAt) : null;
      return { ...viewOfRecord(record, digest), id: digestId, page };
    });
    return { deliveries: await Promise.all(views), test: test === undefined ? null : testView(test) };
  };
}

/** Reads timelines. */
export type ReadTimeline = ReturnType<typeof createReadTimeline>;

function viewOfRecord(record: DigestRecord, current: CurrentDigest | undefined): Omit<DeliveryView, 'id' | 'page'> {
  const last = record.attempts.at(-1);
  const state = stateOf(record, current);
  const waits = state === 'retrying' ? (current?.nextAttemptAt ?? last?.nextAttemptAt) : undefined;
  return {
    at: iso(last?.at ?? record.frozenAt),
    count: record.count,
    urgent: record.urgency === 'urgent',
    state,
    outcome: last?.outcome ?? null,
    reason: last?.reason ?? null,
    nextAttemptAt: waits === undefined ? null : iso(waits),
    attempts: record.attempts.map(({ at, outcome, status, reason }) => ({
      at: iso(at),
      outcome,
      status: status ?? null,
      reason: reason ?? null,
    })),
  };
}

function stateOf({ state, sequence, attempts }: DigestRecord, current: CurrentDigest | undefined): DeliveryState {
  switch (state) {
    case 'delivered':
    case 'returned':
      return state;
    case 'accepted':
      return attempts.at(-1)?.outcome === 'unclear' ? 'unclear' : 'accepted';
    case 'frozen': {
      const isAtIt = current?.sequence === sequence && current.state === 'sending';
      return isAtIt || attempts.length === 0 ? 'sending' : 'retrying';
    }
  }
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
