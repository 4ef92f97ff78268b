/** One sealing key for every process of a test's system. */
import { createSeal } from '../../shared/platform/seal.ts';

const key = { id: 'k', bytes: new Uint8Array(32).fill(7), createdAt: 0 };

/** Seals and opens with it. */
export const seal = createSeal({ current: () => key, find: () => key, all: () => [key] });
