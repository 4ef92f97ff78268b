/** Gives a process its next input, and puts what it becomes into the state. */
import { died, spend, withProcess } from './death.ts';
import type { Input } from './process.ts';
import type { Process, State } from './state.ts';
import type { Parts, Step } from './steps.ts';
import type { RowMaker, StorageCall } from './storage-model.ts';

/** The host shows a message again after this long when its handler failed (host.json). */
const FAILED_MS = 30_000;

/** The steps that an input leads to: one, or two where a handled message may be seen again. */
export async function give(
  parts: Parts,
  state: State,
  index: number,
  input: Input,
  label: () => string,
): Promise<Step[]> {
  const process = state.processes[index];
  if (process?.moment === undefined) return [];
  const promised = parts.processes.next(process.moment, input, state.t);
  const moment = promised instanceof Promise ? await promised : promised;
  const ended = new Set(moment.ended.map(({ invocation }) => invocation));
  const failed = moment.ended.filter(({ how }) => how === 'failed');
  const back = process.taken.filter(({ invocation }) => failed.some((one) => one.invocation === invocation));
  const idle = moment.running.length === 0;
  const forgets = idle && process.program.kind !== 'receiver';
  const next = withProcess(
    {
      ...state,
      ...returned(state, back, state.t + FAILED_MS),
      broken: state.broken ?? (failed[0] === undefined ? undefined : `a handler failed: ${String(failed[0].error)}`),
    },
    index,
    {
      moment: forgets ? undefined : moment,
      taken: process.taken.filter(({ invocation }) => !ended.has(invocation)),
      retried: undefined,
      ...(idle ? { slow: undefined, unrecorded: undefined } : {}),
      ...(process.program.kind === 'receiver' ? { since: state.t } : {}),
    },
  );
  const steps: Step[] = [{ label, next }];
  const seenAgain = process.taken.filter(
    ({ invocation }) => ended.has(invocation) && !back.some((one) => one.invocation === invocation),
  );
  if (state.faults.again > 0 && seenAgain.some(({ from }) => from !== 'nowhere'))
    steps.push({
      label: () => `${label()}; its message will be seen again`,
      next: {
        ...next,
        ...returned(next, seenAgain, 0),
        faults: { ...next.faults, again: next.faults.again - 1 },
      },
      isFault: true,
    });
  // The host takes a message away after its handler ended, and can die before that.
  if (state.faults.crash > 0 && seenAgain.some(({ from }) => from !== 'nowhere'))
    steps.push({
      label: () => `${label()}; then it dies, and its message comes back`,
      next: spend(died(state, index), 'crash'),
      isFault: true,
    });
  return steps;
}

function returned(state: State, taken: Process['taken'], at: number): Pick<State, 'events' | 'jobs'> {
  const from = (queue: 'events' | 'jobs') =>
    taken.filter((one) => one.from === queue).map(({ text }) => ({ text, at }));
  return { events: [...state.events, ...from('events')], jobs: [...state.jobs, ...from('jobs')] };
}

/** Makes rows with ETags that nobody holds: the smallest, so that histories of different length can meet. */
export function makerFor({ rows }: Parts, state: State): RowMaker {
  return {
    row: rows.row,
    freshEtag(key) {
      const isHeld = (etag: number) =>
        state.rows[key]?.etag === etag ||
        state.late.some(({ call }) => isConditionalOn(call, key, etag)) ||
        state.processes.some(({ moment, slow }) => moment?.etags.has(`${key} ${etag}`) || isIn(slow?.answer, etag));
      let etag = 1;
      while (isHeld(etag)) etag += 1;
      return etag;
    },
  };
}

function isConditionalOn(call: StorageCall, key: string, etag: number): boolean {
  if (call.op !== 'write') return false;
  return call.changes.some(
    (change) =>
      change.do === 'update' &&
      `${call.table}/${change.entity.partitionKey}/${change.entity.rowKey}` === key &&
      change.etag === String(etag),
  );
}

function isIn(answer: NonNullable<Process['slow']>['answer'], etag: number): boolean {
  switch (answer?.is) {
    case 'row':
      return answer.row.etag === etag;
    case 'rows':
      return answer.rows.some((row) => row.etag === etag);
    case 'written':
      return answer.etags.includes(etag);
    default:
      return false;
  }
}
