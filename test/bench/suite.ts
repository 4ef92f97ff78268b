/** A suite: figures that are measured together, on one system. */
import type { Measured } from './figure.ts';

/** How to run. `short`: counts and sizes only, smaller; `say`: tells people what is going on. */
export interface Run {
  readonly short: boolean;
  readonly say: (what: string) => void;
}

/** Figures by name, and what measures them. */
export interface Suite {
  readonly name: string;
  /** Names of all its figures. */
  readonly figures: readonly string[];
  /** Only counts and sizes: the same on a machine that is busy with something else. */
  readonly steady: boolean;
  readonly measure: (run: Run) => AsyncGenerator<Measured>;
}
