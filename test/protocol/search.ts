/** Goes through every state that can be reached, nearest first: the first bad one found is at the end of a shortest trace. */
import { type Bad, badnessOf } from './bad-states.ts';
import { createProcesses } from './process.ts';
import type { Product } from './product.ts';
import { createRows } from './rows.ts';
import { type Scenario, START } from './scenario.ts';
import { startOf } from './start-of.ts';
import type { State } from './state.ts';
import { textOf } from './state-text.ts';
import { type Parts, stepsFrom } from './steps.ts';

/** What a search came to. */
export interface Found {
  readonly states: number;
  readonly steps: number;
  /** False when it stopped at its limit. */
  readonly whole: boolean;
  readonly bad: Bad | undefined;
  /** The steps to the bad state, in words. */
  readonly trace: readonly string[];
  readonly histories: number;
}

/** A state waiting for its turn, and the way to it: the place of its parent, and which of its steps. */
interface Place {
  readonly state: State;
  readonly at: number;
}

/** Searches a scenario to its end, to its first bad state, or to `maxStates`. */
export async function search(
  product: Product,
  scenario: Scenario,
  maxStates = Number.POSITIVE_INFINITY,
): Promise<Found> {
  const parts = partsOf(product, scenario);
  const start = await startOf(product, scenario, parts.rows);
  const seen = new Set([textOf(start)]);
  const parents: number[] = [-1];
  const choices: number[] = [-1];
  let frontier: Place[] = [{ state: start, at: 0 }];
  let taken = 0;
  const found = async (bad: Bad | undefined, at: number, whole: boolean): Promise<Found> => ({
    states: seen.size,
    steps: taken,
    whole,
    bad,
    trace: bad === undefined ? [] : await traceTo(parts, start, pathTo(at, parents, choices)),
    histories: parts.processes.counts().moments,
  });

  while (frontier.length > 0) {
    const next: Place[] = [];
    for (const { state, at } of frontier) {
      const steps = await stepsFrom(parts, state);
      for (const [choice, step] of steps.entries()) {
        taken += 1;
        const text = textOf(step.next);
        if (seen.has(text)) continue;
        seen.add(text);
        parents.push(at);
        choices.push(choice);
        const place = parents.length - 1;
        const bad = badnessOf(scenario, step.next);
        if (bad !== undefined) return found(bad, place, false);
        next.push({ state: step.next, at: place });
      }
      if (seen.size > maxStates) return found(undefined, 0, false);
    }
    frontier = next;
  }
  return found(undefined, 0, true);
}

/** What a search of a scenario works with. */
export function partsOf(product: Product, scenario: Scenario): Parts {
  return {
    scenario,
    startsAt: scenario.startsAt ?? START,
    processes: createProcesses(product),
    rows: createRows(),
  };
}

function pathTo(place: number, parents: readonly number[], choices: readonly number[]): number[] {
  const path: number[] = [];
  for (let at = place; at > 0; at = parents[at] ?? 0) path.unshift(choices[at] ?? 0);
  return path;
}

async function traceTo(parts: Parts, start: State, path: readonly number[]): Promise<string[]> {
  const trace: string[] = [];
  let state = start;
  for (const choice of path) {
    const step = (await stepsFrom(parts, state))[choice];
    if (step === undefined) return [...trace, 'a step that cannot be taken again: the search is not deterministic'];
    trace.push(`${((state.t - parts.startsAt) / 1000).toFixed(1).padStart(8)} s  ${step.label()}`);
    state = step.next;
  }
  return trace;
}
