/** One key that never changes, so that a corpus's tokens stay what they were. */
import type { KeyRing } from '../../../shared/platform/key-ring.ts';

const key = { id: 'k', bytes: new Uint8Array(32).fill(7), createdAt: 0 };

/** Holds it. */
export const ring: KeyRing = { current: () => key, find: (id) => (id === key.id ? key : undefined), all: () => [key] };
