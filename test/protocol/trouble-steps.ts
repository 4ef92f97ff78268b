/** What can go wrong with a call to storage, and a process that dies. */
import { died, spend, withProcess } from './death.ts';
import { describeCall } from './describe.ts';
import { perform } from './perform.ts';
import type { Faults, Process, State } from './state.ts';
import type { Parts, Step } from './steps.ts';
import type { StorageCall } from './storage-model.ts';

/** An invocation ends by then (host.json: functionTimeout); a page's write by four minutes (inbox-table.ts). */
const SLOW_MS = { sender: 290_000, receiver: 240_000, dispatcher: 290_000, editor: 120_000, reconciler: 290_000 };
/** A write of a process that died lands by then (protocol rule 8). */
const LATE_MS = 9 * 60_000;
type Done = ReturnType<typeof perform>;

/** An answer that is lost, a call that takes long, a process that dies with its write on the way. */
export function troubleSteps(
  parts: Parts,
  state: State,
  index: number,
  number: number,
  call: StorageCall,
  done: Done,
): Step[] {
  const { faults, t } = state;
  const process = state.processes[index];
  if (process === undefined) return [];
  const { program } = process;
  const steps: Step[] = [];
  const trouble = (what: string, from: State, fault: keyof Faults, change: Partial<Process>) =>
    void steps.push({
      label: () => `${program.name}: ${describeCall(call)} ${what}`,
      next: spend(withProcess(from, index, change), fault),
      isFault: true,
    });
  const isChange = call.op === 'write' || call.op === 'put';
  const loss = call.op === 'put' ? 'twice' : 'lost';
  if (faults[loss] > 0 && isChange && process.retried !== number)
    trouble('— done, its answer lost', perform(parts, state, index, call, true).state, loss, { retried: number });
  if (faults.slow > 0 && process.slow === undefined) {
    const slow = { call: number, since: t, until: t + SLOW_MS[program.kind] };
    // A late read is the late answer to the call before it.
    if (isChange) trouble('— takes long to be done', state, 'slow', { slow });
    trouble('— done, its answer takes long', done.state, 'slow', { slow: { ...slow, answer: done.answer } });
  }
  if (faults.late > 0 && call.op === 'write' && call.table === 'inbox') {
    const late = [...state.late, { call, until: t + LATE_MS, life: process.moment?.life ?? '' }];
    steps.push({
      label: () => `${program.name} dies; ${describeCall(call)} is still on its way`,
      next: spend(died({ ...state, late }, index), 'late'),
      isFault: true,
    });
  }
  return steps;
}

/** The death of a process between two of its calls. */
export function deathSteps({ scenario }: Parts, state: State, index: number): Step[] {
  const process = state.processes[index];
  if (process === undefined || state.faults.crash === 0 || (process.moment?.running.length ?? 0) === 0) return [];
  if (process.program.kind === 'editor' && scenario.editorsDie !== true) return [];
  return [{ label: () => `${process.program.name} dies`, next: spend(died(state, index), 'crash'), isFault: true }];
}
