/** Runs a target: many inputs, each by the clock, and what came of them. */
import fc from 'fast-check';
import type { Target } from './target.ts';
import { startWatchdog } from './watchdog.ts';

/** One input may take this long in CPU time of this process. */
const HANG_MS = 50;
/** An input that took longer is tried again so often: the least counts, since machines are noisy. */
const TRIES = 5;

/** What went wrong, with the smallest input found for it. */
export interface Finding {
  readonly what: string;
  readonly input: unknown;
}

/** What a run came to. */
export interface TargetRun {
  readonly runs: number;
  /** How often each outcome was seen. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** The smallest input of each outcome. */
  readonly examples: ReadonlyMap<string, unknown>;
  readonly slowestMs: number;
  readonly finding: Finding | undefined;
}

/** Runs a target on so many inputs of a seed; stops at the first thing that must not be, and makes its input small. */
export async function runTarget(target: Target, runs: number, seed: number): Promise<TargetRun> {
  const outcomes = new Map<string, number>();
  const examples = new Map<string, unknown>();
  let slowestMs = 0;
  let rejected: unknown;
  const onRejection = (reason: unknown) => {
    rejected = reason ?? new Error('nothing');
  };
  process.on('unhandledRejection', onRejection);
  const watchdog = startWatchdog();
  try {
    const details = await fc.check(fc.asyncProperty(target.inputs, tryOne), {
      numRuns: runs,
      seed,
      endOnFailure: false,
    });
    const finding = details.failed
      ? { what: String(details.errorInstance), input: asJson(details.counterexample?.[0]) }
      : undefined;
    return { runs: details.numRuns, outcomes, examples, slowestMs, finding };
  } finally {
    process.off('unhandledRejection', onRejection);
    await watchdog.stop();
    await target.stop?.();
  }

  async function tryOne(made: unknown): Promise<void> {
    const text = JSON.stringify(made) ?? 'null';
    const input: unknown = JSON.parse(text); // what a corpus gives back is what was tried
    watchdog.note(text);
    let outcome = '';
    let leastMs = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < TRIES && leastMs > HANG_MS; tries++) {
      const before = process.cpuUsage();
      outcome = await target.run(input);
      const { user, system } = process.cpuUsage(before);
      leastMs = Math.min(leastMs, (user + system) / 1000);
    }
    slowestMs = Math.max(slowestMs, leastMs);
    if (leastMs > HANG_MS) throw new Error(`took ${leastMs.toFixed(0)} ms of CPU time`);
    if (rejected !== undefined) {
      const reason = rejected;
      rejected = undefined;
      throw new Error(`a rejection that nobody handled: ${String(reason)}`);
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    const known = examples.get(outcome);
    if (known === undefined || sizeOf(input) < sizeOf(known)) examples.set(outcome, input);
  }
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null');
}

function sizeOf(input: unknown): number {
  return JSON.stringify(input)?.length ?? 0;
}
