/** Every suite, and which of them a command line means. */
import type { Suite } from './suite.ts';
import { acting } from './suites/acting.ts';
import { bundle } from './suites/bundle.ts';
import { coldStart } from './suites/cold-start.ts';
import { cost } from './suites/cost.ts';
import { cpu } from './suites/cpu.ts';
import { delivering } from './suites/delivering.ts';
import { digest } from './suites/digest.ts';
import { dispatch } from './suites/dispatch.ts';
import { drain } from './suites/drain.ts';
import { idle } from './suites/idle.ts';
import { latency } from './suites/latency.ts';
import { receiving } from './suites/receiving.ts';
import { summarise } from './suites/summarise.ts';

/** In the order in which they run. */
export const SUITES: readonly Suite[] = [
  bundle,
  receiving,
  digest,
  cost,
  idle,
  cpu,
  summarise,
  coldStart,
  latency,
  acting,
  drain,
  delivering,
  dispatch,
];

/** The suites that names mean, by their own names or their figures'; without names all of them. A text says what is wrong. */
export function chosen(
  names: readonly string[],
  short: boolean,
  suites: readonly Suite[] = SUITES,
): readonly Suite[] | string {
  const means = ({ name, figures }: Suite, given: string) => name === given || figures.includes(given);
  const unknown = names.find((given) => !suites.some((suite) => means(suite, given)));
  if (unknown !== undefined) return `There is no suite or figure "${unknown}".`;
  const named = suites.filter((suite) => names.length === 0 || names.some((given) => means(suite, given)));
  return named.filter(({ steady }) => !short || steady);
}
