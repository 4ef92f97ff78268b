/** What rows mean: read once for each row, however many states hold it. */
import type { DigestRecord } from '../../shared/digests/digest.ts';
import { digestIdOf } from '../../shared/digests/digest.ts';
import type { HeadState } from '../../shared/digests/head.ts';
import { isSkipped, type Urgency } from '../../shared/events/page.ts';
import type { Duty } from '../../shared/schedules/due-row.ts';
import type { Schedule } from '../../shared/schedules/schedule.ts';
import type { Severity } from '../../shared/subscriptions/severity.ts';
import type { SubscriptionState } from '../../shared/subscriptions/subscription.ts';
import { CHANNEL } from './edits.ts';
import type { Row, Rows } from './storage-model.ts';

/** A page: the events it shows or will show, by name. */
export interface PageSeen {
  readonly key: string;
  readonly digestId: string | undefined;
  readonly urgency: Urgency;
  readonly events: readonly string[];
  readonly skipped: readonly string[];
}

/** The parts of a subscription that decide. */
export interface SubscriptionSeen {
  readonly state: SubscriptionState;
  readonly schedule: Schedule;
  readonly urgentSeverity: Severity | null;
  readonly revision: number;
}

/** A due row. */
export interface DueSeen {
  readonly dueAt: number;
  readonly revision: number;
  readonly duty: Duty;
}

const read = new WeakMap<Row, unknown>();

function once<T>(row: Row, make: (row: Row) => T): T {
  if (!read.has(row)) read.set(row, make(row));
  return read.get(row) as T;
}

/** Most states have the rows of the state before them. */
function onceForAll<T>(make: (rows: Rows) => T): (rows: Rows) => T {
  const known = new WeakMap<Rows, T>();
  return (rows) => {
    const there = known.get(rows);
    if (there !== undefined) return there;
    const made = make(rows);
    known.set(rows, made);
    return made;
  };
}

/** The channel's head; undefined before the first. */
export function headIn(rows: Rows): HeadState | undefined {
  const row = rows[`inbox/${CHANNEL.subscriptionId}/!head`];
  return row === undefined ? undefined : once(row, ({ values }) => JSON.parse(String(values['state'])) as HeadState);
}

/** The channel's pages in order. */
export const pagesIn = onceForAll((rows): readonly PageSeen[] =>
  Object.values(rows)
    .filter(({ table, rk }) => table === 'inbox' && rk !== '!head')
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((row) => once(row, toPage)),
);

function toPage({ rk, values }: Row): PageSeen {
  const events = JSON.parse(Buffer.from(values['events'] as Uint8Array).toString('utf8')) as { id: string }[];
  const skip = values['skip'] as Uint8Array | undefined;
  const names = events.map(({ id }) => id);
  const digestId = String(values['digestId'] ?? '');
  return {
    key: rk,
    digestId: digestId === '' ? undefined : digestId,
    urgency: values['urgency'] as Urgency,
    events: names.filter((_, position) => !isSkipped(skip, position)),
    skipped: names.filter((_, position) => isSkipped(skip, position)),
  };
}

/** The records of digests by their ids. */
export const recordsIn = onceForAll((rows): ReadonlyMap<string, DigestRecord> => {
  const records = Object.values(rows)
    .filter(({ table, values }) => table === 'digests' && values['record'] !== undefined)
    .map((row) => once(row, ({ values }) => JSON.parse(String(values['record'])) as DigestRecord));
  return new Map(records.map((record) => [digestIdOf(CHANNEL.subscriptionId, record.sequence), record]));
});

/** The subscription; undefined once it was removed. */
export function subscriptionIn(rows: Rows): SubscriptionSeen | undefined {
  const row = rows[`subscriptions/${CHANNEL.account}/${CHANNEL.subscriptionId}`];
  if (row === undefined || row.values['removedAt'] !== undefined) return undefined;
  return once(row, ({ values }) => {
    const choices = JSON.parse(String(values['choices'])) as SubscriptionSeen;
    return {
      schedule: choices.schedule,
      urgentSeverity: choices.urgentSeverity,
      state: JSON.parse(String(values['state'])) as SubscriptionState,
      revision: Number(values['revision']),
    };
  });
}

/** The due rows, earliest first. */
export const dueIn = onceForAll((rows): readonly DueSeen[] =>
  Object.values(rows)
    .filter(({ table }) => table === 'due')
    .map((row) =>
      once(row, ({ values }) => ({
        dueAt: Number(values['dueAt']),
        revision: Number(values['revision']),
        duty: JSON.parse(String(values['duty'])) as Duty,
      })),
    )
    .sort((a, b) => a.dueAt - b.dueAt),
);
