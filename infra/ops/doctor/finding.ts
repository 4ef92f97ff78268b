/** What the doctor finds: each check well, ill with how to mend it, or not looked at since something before it is ill. */

/** The checks, in their order. */
export const CHECKS = [
  'settings',
  'host settings',
  'reachability',
  'roles',
  'tables',
  'queues',
  'keys',
  'clock',
  'catalogue',
  'app',
] as const;
export type CheckName = (typeof CHECKS)[number];

/** How to mend it: why so, in a sentence, and what to type, line by line. */
export interface Mend {
  readonly why: string;
  readonly run: readonly string[];
}

/** One finding. `ill` always has its mend. */
export type Finding =
  | { readonly check: CheckName; readonly is: 'well' | 'not looked at'; readonly says: string }
  | { readonly check: CheckName; readonly is: 'ill'; readonly says: string; readonly mend: Mend };

/** All is as it should be. */
export function well(check: CheckName, says: string): Finding {
  return { check, is: 'well', says };
}

/** Something before it is ill, or not known. */
export function notLookedAt(check: CheckName, says: string): Finding {
  return { check, is: 'not looked at', says };
}

/** Something is wrong. */
export function ill(check: CheckName, says: string, mend: Mend): Finding {
  return { check, is: 'ill', says, mend };
}
