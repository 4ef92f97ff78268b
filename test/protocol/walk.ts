/** Wanders through scenarios too large to search to their end: many seeded walks, each from the start to rest. */
import { createChances } from '../faults/random.ts';
import { badnessOf } from './bad-states.ts';
import type { Found } from './search.ts';
import type { State } from './state.ts';
import { type Parts, type Step, stepsFrom } from './steps.ts';

/** A walk that ended badly, or undefined when all went well. */
export type Walked = Pick<Found, 'bad' | 'trace'> & { readonly seed: number; readonly steps: number };

/** Walks once. */
export async function walk(parts: Parts, start: State, seed: number, maxSteps = 1_000): Promise<Walked> {
  const { next: random } = createChances(seed);
  const trace: (() => string)[] = [];
  let state = start;
  for (let taken = 0; taken < maxSteps; taken++) {
    const steps = await stepsFrom(parts, state);
    const step = choose(steps, random);
    if (step === undefined) return { bad: undefined, trace: [], seed, steps: taken };
    const at = ((state.t - parts.startsAt) / 1000).toFixed(1).padStart(8);
    trace.push(() => `${at} s  ${step.label()}`);
    state = step.next;
    const bad = badnessOf(parts.scenario, state);
    if (bad !== undefined) return { bad, trace: trace.map((label) => label()), seed, steps: taken };
  }
  return {
    bad: { name: 'stuck', why: 'the walk has no end' },
    trace: trace.map((label) => label()),
    seed,
    steps: maxSteps,
  };
}

/** Faults are many among the steps from a state; taken as often as anything else they would be over before anything happened. */
const FAULT_WEIGHT = 0.15;

function choose(steps: readonly Step[], random: () => number): Step | undefined {
  const weights = steps.map(({ isFault }) => (isFault ? FAULT_WEIGHT : 1));
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, step] of steps.entries()) {
    left -= weights[index] ?? 0;
    if (left < 0) return step;
  }
  return steps.at(-1);
}
