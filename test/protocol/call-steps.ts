/** The next calls of one process: done and answered, and what can go wrong with them. */
import { withProcess } from './death.ts';
import { describeCall } from './describe.ts';
import { give } from './give.ts';
import { perform, promises } from './perform.ts';
import { postSteps } from './post-steps.ts';
import type { Process, State } from './state.ts';
import type { Parts, Step } from './steps.ts';
import type { StorageCall } from './storage-model.ts';
import { deathSteps, troubleSteps } from './trouble-steps.ts';

/** True while a process can go on: it waits for nothing slow. */
export function isRunnable({ moment, slow }: Process): boolean {
  return moment?.waits.some(({ number }) => number !== slow?.call) ?? false;
}

/**
 * The calls of a process. `commutes`: whatever others do next, they do the same after this call as before it, so that one
 * order stands for all: a read of what stays as it is, a job put. What can go wrong with it goes wrong all the same.
 */
export async function callSteps(
  parts: Parts,
  state: State,
  index: number,
): Promise<{ readonly steps: Step[]; readonly commutes: boolean }> {
  const process = state.processes[index];
  if (process?.moment === undefined) return { steps: [], commutes: false };
  const steps: Step[] = [];
  for (const { number, call } of process.moment.waits) {
    const label = () => `${process.program.name}: ${describeCall(call)}`;
    if (call.op === 'post') {
      steps.push(...(await postSteps(parts, state, index, number)));
      continue;
    }
    if (process.slow?.call === number) {
      steps.push(...(await comesBack(parts, state, index, number, call)));
      continue;
    }
    const done = perform(parts, state, index, call);
    const went = await give(parts, done.state, index, { is: 'answer', call: number, answer: done.answer }, label);
    const isAlone = process.program.kind !== 'receiver'; // invocations of one process share what it remembers
    if (isAlone && isFixed(parts, call)) return { steps: went, commutes: true };
    const all = [...went, ...troubleSteps(parts, state, index, number, call, done)];
    if (isAlone && call.op === 'put' && !promises(call.text))
      return { steps: [...all, ...deathSteps(parts, state, index)], commutes: true };
    steps.push(...all);
  }
  return { steps, commutes: false };
}

/** A read of what no step of this scenario writes. */
function isFixed({ scenario }: Parts, call: StorageCall): boolean {
  if (call.op !== 'get' && call.op !== 'list') return false;
  const { happenings = [], faults = {}, subscription } = scenario;
  const isStill = happenings.every((happening) => happening.do === 'emit' || happening.do === 'send-now');
  return call.table === 'subscriptions' && isStill && (faults.gone ?? 0) === 0 && subscription?.state === undefined;
}

async function comesBack(
  parts: Parts,
  state: State,
  index: number,
  number: number,
  call: StorageCall,
): Promise<Step[]> {
  const process = state.processes[index];
  const held = process?.slow?.answer;
  const done = held === undefined ? perform(parts, state, index, call) : { state, answer: held };
  const awake = withProcess(done.state, index, { slow: undefined });
  return give(
    parts,
    awake,
    index,
    { is: 'answer', call: number, answer: done.answer },
    () =>
      `${process?.program.name}: the slow call is ${held === undefined ? 'done' : 'answered'}: ${describeCall(call)}`,
  );
}
