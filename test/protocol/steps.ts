/** Every step that can be taken from a state: the next call of a process, a fault, a message taken, a happening, time. */
import { callSteps, isRunnable } from './call-steps.ts';
import { happeningSteps } from './happening-steps.ts';
import { passTime } from './pass-time.ts';
import type { createProcesses } from './process.ts';
import type { createRows } from './rows.ts';
import type { Scenario } from './scenario.ts';
import { lateSteps, startSteps } from './start-steps.ts';
import type { State } from './state.ts';
import { deathSteps } from './trouble-steps.ts';

/** One step: what it does in words, made only for those who read a trace, and where it leads. */
export interface Step {
  readonly label: () => string;
  readonly next: State;
  /** Something goes wrong. */
  readonly isFault?: true;
}

/** What steps are made with. */
export interface Parts {
  readonly scenario: Scenario;
  readonly startsAt: number;
  readonly processes: ReturnType<typeof createProcesses>;
  readonly rows: ReturnType<typeof createRows>;
}

/** The steps from a state. Time stands still while anybody can act: what is slow is a fault of its own. */
export async function stepsFrom(parts: Parts, state: State): Promise<Step[]> {
  const steps: Step[] = [];
  for (const index of state.processes.keys()) {
    const own = await callSteps(parts, state, index);
    if (own.commutes) return own.steps; // whatever others do, they do the same before it as after it
    steps.push(...[...own.steps, ...deathSteps(parts, state, index)].flatMap((step) => turnOf(state, index, step)));
  }
  const starts = await startSteps(parts, state);
  const others = [...starts, ...(await happeningSteps(parts, state)), ...lateSteps(parts, state)];
  steps.push(...others.flatMap((step) => turnOf(state, undefined, step)));
  if (starts.length === 0 && !state.processes.some(isRunnable)) steps.push(...passTime(parts, state));
  return steps;
}

/**
 * A scenario too large to go through in every order is gone through in every order with a few switches: another process goes
 * on although the last one could. Most of what can go wrong between processes needs two.
 */
function turnOf(state: State, index: number | undefined, step: Step): Step[] {
  const { turn } = state;
  if (turn === undefined) return [step];
  const last = turn.last === undefined ? undefined : state.processes[turn.last];
  const isSwitch = last !== undefined && turn.last !== index && isRunnable(last);
  if (isSwitch && turn.switches === 0) return [];
  const switches = turn.switches - (isSwitch ? 1 : 0);
  return [{ ...step, next: { ...step.next, turn: { switches, last: index ?? turn.last } } }];
}
