/** The protocol with a rule taken out: one change of the product's code each, and a scenario in which that must show. */
import type { Mutation } from './mutation.ts';
import { DIGESTS } from './mutations-of-digests.ts';
import { WAKING } from './mutations-of-waking.ts';

/** In order of the rules. */
export const MUTATIONS: readonly Mutation[] = [...WAKING, ...DIGESTS].sort((a, b) => a.rule - b.rule);
