/** What a call does to the world, and what whoever judges notes of it: what is promised, on record, forbidden. */
import type { DigestJob } from '../../shared/schedules/digest-job.ts';
import { doubted, withProcess } from './death.ts';
import { headIn, pagesIn, subscriptionIn } from './decode.ts';
import { makerFor } from './give.ts';
import type { CallAnswer } from './process.ts';
import { BACK_MS } from './start-steps.ts';
import type { Process, State } from './state.ts';
import type { Parts } from './steps.ts';
import { readRows, type StorageCall, writeRows } from './storage-model.ts';

/** The world after a call, and its answer. */
export interface Done {
  readonly state: State;
  readonly answer: CallAnswer;
}

/** What a call does to the world. */
export function perform(parts: Parts, state: State, index: number, call: StorageCall, isLost = false): Done {
  switch (call.op) {
    case 'get':
    case 'list':
      return { state, answer: readRows(state.rows, call) };
    case 'put': {
      const at = call.hiddenForMs === 0 ? 0 : state.t + call.hiddenForMs;
      const jobs = [...state.jobs, { text: call.text, at }];
      return { state: { ...state, jobs, promised: promisedBy(state, call.text) }, answer: { is: 'put' } };
    }
    case 'write': {
      const { rows, answer } = writeRows(state.rows, call, makerFor(parts, state), isLost);
      const removedAt =
        state.removedAt ?? (call.table === 'subscriptions' && subscriptionIn(rows) === undefined ? state.t : undefined);
      const broken = state.broken ?? underTombstone(state, index, call);
      const promised = call.table === 'subscriptions' ? [] : state.promised; // a change may put off what was due (rule 4)
      const next = { ...state, rows, removedAt, promised, broken };
      const isRecord = call.table === 'digests' && answer.is === 'written';
      return { state: isRecord ? recorded(next, index) : next, answer };
    }
  }
}

/** True for a job that is put for a due time or a wish. */
export function promises(text: string): boolean {
  const { why, hiddenUntil } = JSON.parse(text) as DigestJob;
  return hiddenUntil === undefined && (why === 'due' || why === 'send-now');
}

/** A job for a due time or a wish promises all that waits now; not one for a time that a digest served or serves. */
function promisedBy({ rows, promised }: State, text: string): readonly string[] {
  const job = JSON.parse(text) as DigestJob;
  if (!promises(text)) return promised;
  const head = headIn(rows);
  const served = Math.max(head?.servedDueAt ?? 0, head?.digest?.dueAt ?? 0);
  const isDue = job.why === 'due' && job.revision === subscriptionIn(rows)?.revision && job.dueAt > served;
  if (!isDue && job.why === 'due') return promised;
  const waiting = pagesIn(rows).flatMap(({ digestId, events }) => (digestId === undefined ? events : []));
  return [...new Set([...promised, ...waiting])].sort();
}

/** What was posted is on record; too late to be sure of it where another worker has the lease by now (promise 2). */
function recorded(state: State, index: number): State {
  const life = state.processes[index]?.moment?.life ?? '';
  const isHolder = headIn(state.rows)?.lease?.nonce.startsWith(`${life}.`) === true;
  return isHolder ? withProcess(state, index, { unrecorded: undefined }) : doubted(state, index);
}

/** What was begun before a removal may end after it; caches may be 5 s old. */
function underTombstone(state: State, index: number, call: StorageCall): string | undefined {
  const process = state.processes[index];
  if (state.removedAt === undefined || process === undefined || call.op !== 'write') return undefined;
  if (call.changes.every((change) => change.do === 'delete') || call.table === 'subscriptions') return undefined;
  const knows = process.program.kind === 'receiver' ? 5_000 : 0;
  const isNew = process.program.kind !== 'dispatcher' && begunAt(process) > state.removedAt + knows;
  return isNew ? `${process.program.name} wrote to ${call.table} under a tombstone` : undefined;
}

/** When a process took the first of what it has in hand, in true time. */
export function begunAt({ taken }: Process): number {
  return Math.min(...taken.map(({ backAt }) => backAt)) - BACK_MS;
}
