/** A rule taken out of the product's code, and what must come of it. */
import type { Bad } from './bad-states.ts';
import type { Patch } from './product.ts';
import type { Scenario } from './scenario.ts';

/** A rule taken out. */
export interface Mutation {
  readonly rule: number;
  /** What the code no longer does. */
  readonly without: string;
  readonly patches: readonly Patch[];
  readonly scenario: Omit<Scenario, 'title'>;
  /** The bad states that may come of it. */
  readonly shows: readonly Bad['name'][];
}
