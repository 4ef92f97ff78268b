/** Processes that begin something: a message taken from a queue, a tick of the timer; and writes of the dead that land. */
import { withProcess } from './death.ts';
import { dueIn } from './decode.ts';
import { describeCall, describeMessage } from './describe.ts';
import { give, makerFor } from './give.ts';
import type { Process, State, Taken } from './state.ts';
import type { Parts, Step } from './steps.ts';
import { writeRows } from './storage-model.ts';

/** The host shows a message again after this long, whatever became of it. */
export const BACK_MS = 600_000;
/** Invocations that a receiver runs at a time. */
const TOGETHER = 2;
const MINUTE = 60_000;
/** An hour, and the minute after it. */
const AWAY_MS = 61 * MINUTE;

/** Everything that can begin. */
export async function startSteps(parts: Parts, state: State): Promise<Step[]> {
  const steps: Step[] = [];
  const alike = new Set<number>(); // idle senders whose clocks agree are the same
  for (const [index, process] of state.processes.entries()) {
    const { kind, skewMs } = process.program;
    switch (kind) {
      case 'receiver':
        if (process.taken.length < TOGETHER) steps.push(...(await takes(parts, state, index, 'events')));
        break;
      case 'sender':
        if (process.moment !== undefined || alike.has(skewMs)) break;
        alike.add(skewMs);
        steps.push(...(await takes(parts, state, index, 'jobs')));
        break;
      case 'dispatcher':
        if (tickAt(state, process) <= state.t) steps.push(...(await ticks(parts, state, index)));
        break;
      default:
    }
  }
  return steps;
}

async function takes(parts: Parts, state: State, index: number, from: 'events' | 'jobs'): Promise<Step[]> {
  const steps: Step[] = [];
  const texts = new Set<string>();
  for (const [position, { text, at }] of state[from].entries()) {
    if (at > state.t || texts.has(text)) continue;
    texts.add(text);
    const left = { ...state, [from]: state[from].filter((_, other) => other !== position) };
    const name = state.processes[index]?.program.name;
    steps.push(...(await begin(parts, left, index, { from, text }, () => `${name} takes ${describeMessage(text)}`)));
  }
  return steps;
}

/** When the timer next finds something due, in true time; never when its ticks are used up. */
export function tickAt(state: State, { program, restsUntil = 0, moment }: Process): number {
  if (program.kind !== 'dispatcher' || state.ticks === 0 || moment !== undefined) return Number.POSITIVE_INFINITY;
  const first = dueIn(state.rows)[0];
  return first === undefined ? Number.POSITIVE_INFINITY : Math.max(first.dueAt - program.skewMs, restsUntil);
}

async function ticks(parts: Parts, state: State, index: number): Promise<Step[]> {
  const ticking = withProcess({ ...state, ticks: state.ticks - 1 }, index, { restsUntil: state.t + MINUTE });
  const name = state.processes[index]?.program.name;
  const steps = await begin(parts, ticking, index, { from: 'nowhere', text: '' }, () => `${name}: the timer ticks`);
  if (state.faults.missed === 0) return steps;
  const missing = withProcess(state, index, { restsUntil: state.t + AWAY_MS });
  const next = { ...missing, faults: { ...state.faults, missed: state.faults.missed - 1 } };
  return [...steps, { label: () => `${name}: the timer does not run for an hour`, next, isFault: true }];
}

/** Hands a message to a process, which starts to live where it had nothing to remember. */
export async function begin(
  parts: Parts,
  state: State,
  index: number,
  { from, text }: Pick<Taken, 'from' | 'text'>,
  label: () => string,
): Promise<Step[]> {
  const process = state.processes[index];
  if (process === undefined) return [];
  const moment = process.moment ?? parts.processes.born(process.program, freeLife(parts, state, process.program.name));
  const used = new Set(process.taken.map(({ invocation }) => invocation));
  const invocation = used.has(1) ? 2 : 1;
  const taken = [...process.taken, { invocation, from, text, backAt: state.t + BACK_MS }];
  const begun = withProcess(state, index, { moment, taken, since: state.t });
  return give(parts, begun, index, { is: 'message', message: text, invocation }, label);
}

/** A name for a life of which there is no trace. */
function freeLife({ rows }: Parts, state: State, name: string): string {
  const traces = new Set([
    ...Object.values(state.rows).flatMap((row) => [...rows.livesIn(row)]),
    ...state.late.map(({ life }) => life),
  ]);
  let number = 1;
  while (traces.has(`${name}${number}`)) number += 1;
  return `${name}${number}`;
}

/** Writes of processes that died can land at any time until they cannot. */
export function lateSteps(parts: Parts, state: State): Step[] {
  return state.late.flatMap(({ call }, index) => {
    if (call.op !== 'write') return [];
    const { rows } = writeRows(state.rows, call, makerFor(parts, state), false);
    const late = state.late.filter((_, other) => other !== index);
    return [{ label: () => `a write of the dead lands: ${describeCall(call)}`, next: { ...state, rows, late } }];
  });
}
