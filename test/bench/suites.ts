/** Every suite, and which of them a command line means. */
import type { Suite } from './suite.ts';
import { digest } from './suites/digest.ts';
import { dispatch } from './suites/dispatch.ts';
import { receiving } from './suites/receiving.ts';

/** In the order in which they run. */
export const SUITES: readonly Suite[] = [receiving, digest, dispatch];

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
