/**
 * Gives a dead letter another try. Its events go only where they are not known: the identities of all pages and of all digests
 * that are kept are looked at, not those of the last 24 hours alone (protocol rule 9), so that doing it twice shows nothing twice.
 */
import { type KnownEventsDeps, unknownTo } from '../digests/known-events.ts';
import type { StoredDeadLetter } from '../events/dead-letter.ts';
import type { DeadLettersTable } from '../events/dead-letters-table.ts';
import type { DroppedTable } from '../events/dropped-table.ts';
import type { InboxTable } from '../events/inbox-table.ts';
import { createInboxWriter } from '../events/inbox-writer.ts';
import { createNoteDropped } from '../events/note-dropped.ts';
import { parseMessage } from '../events/parse-events.ts';
import { createReceiveEvents } from '../events/receive-events.ts';
import type { Clock } from '../platform/clock.ts';
import { silentLog } from '../platform/log.ts';
import { DIGESTS_MS } from '../platform/retention.ts';
import { silentTelemetry } from '../platform/telemetry/telemetry.ts';
import { digestJobSchema } from '../schedules/digest-job.ts';
import type { DigestsQueue } from '../schedules/digests-queue.ts';
import { createWakeChannel } from '../schedules/wake-channel.ts';
import type { SubscriptionsTable } from '../subscriptions/subscriptions-table.ts';

/** What replaying needs. */
export interface ReplayDeps extends KnownEventsDeps {
  readonly inbox: Pick<InboxTable, 'listEvery' | 'insertPage'>;
  readonly dropped: Pick<DroppedTable, 'list' | 'put'>;
  readonly subscriptions: Pick<SubscriptionsTable, 'listMatching'>;
  readonly jobs: DigestsQueue;
  readonly deadLetters: Pick<DeadLettersTable, 'put' | 'remove'>;
  readonly clock: Clock;
  readonly processId: string;
}

/** What became of it. `stored` and `known` count events once for each channel; `unmatched` events nobody wants. */
export type Replayed =
  | { readonly is: 'taken'; readonly stored: number; readonly known: number; readonly unmatched: number }
  | { readonly is: 'job put' }
  /** It stays a dead letter. */
  | { readonly is: 'refused again'; readonly reason: string };

/** Replays. The dead letter goes last: stopped before that, doing it again finds what is stored. */
export function createReplay(deps: ReplayDeps) {
  const { subscriptions, inbox, jobs, deadLetters, clock, processId } = deps;
  const write = createInboxWriter({ inbox, clock, processId });
  const wakeChannel = createWakeChannel(jobs, clock);

  return async function replay(letter: StoredDeadLetter): Promise<Replayed> {
    const replayed = letter.queue === 'digests' ? await putJob(letter) : await receive(letter);
    if (replayed.is !== 'refused again') await deadLetters.remove(letter);
    return replayed;
  };

  async function receive({ payload, messageId, insertedAt }: StoredDeadLetter): Promise<Replayed> {
    const { events, faults } = parseMessage(payload);
    if (events.length === 0) return { is: 'refused again', reason: faults[0]?.reason ?? 'It holds no event.' };
    let [stored, known] = [0, 0];
    const receiveEvents = createReceiveEvents({
      subscriptionsOf: subscriptions.listMatching,
      writeEvents: async (id, urgency, given) => {
        const fresh = await unknownTo(deps, id, given);
        if (fresh.length > 0) await write(id, urgency, fresh);
        stored += fresh.length;
        known += given.length - fresh.length;
      },
      noteDropped: createNoteDropped(deps),
      wakeChannel,
      deadLetters,
      log: silentLog,
      telemetry: silentTelemetry,
    });
    // An id of its own: parts of it that are no events become dead letters beside this one, which goes.
    const { unmatched } = await receiveEvents({ body: payload, id: `${messageId}.replayed`, insertedAt });
    return { is: 'taken', stored, known, unmatched };
  }

  async function putJob({ payload }: StoredDeadLetter): Promise<Replayed> {
    const job = digestJobSchema.safeParse(tryJson(payload));
    if (!job.success) return { is: 'refused again', reason: 'It is no job of this release.' };
    await jobs.put(job.data);
    return { is: 'job put' };
  }
}

/** True when a digest that showed its events may be kept no more: then nobody can tell whether they were shown. */
export function outlivesDigests({ payload, insertedAt }: StoredDeadLetter, now: number): boolean {
  const times = parseMessage(payload).events.map(({ time }) => (time === undefined ? insertedAt : Date.parse(time)));
  return Math.min(insertedAt, ...times) < now - DIGESTS_MS;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
