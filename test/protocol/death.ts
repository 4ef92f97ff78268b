/** A process dies: what it had in its hands comes back when the host shows it again. */
import type { Faults, Process, Shown, State } from './state.ts';

/** The state with one process changed; undefined takes a property away. */
export function withProcess(
  state: State,
  index: number,
  change: { readonly [K in keyof Process]?: Process[K] | undefined },
): State {
  const processes = state.processes.map((process, at) =>
    at === index ? ({ ...process, ...change } as Process) : process,
  );
  return { ...state, processes };
}

/** A process dies. */
export function died(state: State, index: number): State {
  const doubt = doubted(state, index);
  const taken = doubt.processes[index]?.taken ?? [];
  const back = (from: 'events' | 'jobs') =>
    taken.filter((one) => one.from === from).map(({ text, backAt }) => ({ text, at: backAt > state.t ? backAt : 0 }));
  const rest = {
    moment: undefined,
    taken: [],
    slow: undefined,
    retried: undefined,
    post: undefined,
    unrecorded: undefined,
  };
  // The net runs every hour: one that died runs again.
  const isNet = doubt.processes[index]?.program.kind === 'reconciler';
  const again = isNet ? { happened: doubt.happened - 1, happenedAt: doubt.t } : {};
  const next = {
    ...doubt,
    ...again,
    events: [...doubt.events, ...back('events')],
    jobs: [...doubt.jobs, ...back('jobs')],
  };
  return withProcess(next, index, rest);
}

/** A POST of this process arrived, and nobody will be sure of it. */
export function doubted(state: State, index: number): State {
  const unrecorded = state.processes[index]?.unrecorded;
  if (unrecorded === undefined) return state;
  const shown: Record<string, Shown> = { ...state.shown };
  for (const event of unrecorded.events) {
    const { times, uncertain } = shown[event] ?? { times: 0, uncertain: 0 };
    shown[event] = { times, uncertain: uncertain + 1 };
  }
  return withProcess({ ...state, shown }, index, { unrecorded: undefined });
}

/** One fault fewer is left. */
export function spend(state: State, fault: keyof Faults): State {
  return { ...state, faults: { ...state.faults, [fault]: state.faults[fault] - 1 } };
}
