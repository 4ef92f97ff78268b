/** What is fuzzed: inputs that are JSON, so that a corpus can keep them, and what one of them comes to. */
import type fc from 'fast-check';

/** A part of the product that reads what others wrote. */
export interface Target {
  readonly name: string;
  /** Every input can be written as JSON. */
  readonly inputs: fc.Arbitrary<unknown>;
  /**
   * Reads one input as the product would; answers with what came of it, in a few words that do not depend on the input's
   * details. Throws for whatever must not be.
   */
  run(input: unknown): string | Promise<string>;
  /** Lets go of what it holds. */
  stop?(): Promise<void>;
}

/** What must hold, when it does not. */
export class BrokenRule extends Error {}

/** Throws where something that must hold does not. */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new BrokenRule(what);
}
