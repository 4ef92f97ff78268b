/** What is kept of runs: for each outcome the smallest input that came to it, and every input that found something. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TargetRun } from './run-target.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'corpus');
/** Longer ones say nothing that a shorter one does not; those that found something are kept whatever their length. */
const MOST_CHARS = 2_000;
const MOST_KEPT = 60;

/** An input with what it must come to. */
export interface Kept {
  readonly input: unknown;
  readonly outcome: string;
  /** Why it is kept, where it once found something. */
  readonly found?: string;
}

/** The inputs kept for a target. */
export function readCorpus(target: string): readonly Kept[] {
  try {
    return JSON.parse(readFileSync(join(folder, `${target}.json`), 'utf8')) as Kept[];
  } catch {
    return [];
  }
}

/** Adds what a run came to that no kept input comes to. */
export function addToCorpus(target: string, { examples }: TargetRun): void {
  const kept = [...readCorpus(target)];
  for (const [outcome, input] of examples) {
    if (kept.length >= MOST_KEPT || kept.some((each) => each.outcome === outcome)) continue;
    if ((JSON.stringify(input)?.length ?? 0) <= MOST_CHARS) kept.push({ input, outcome });
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${target}.json`), `${JSON.stringify(kept, null, 2)}\n`);
}
