/** The head of a channel: the one row that holds its lease, its unfinished digest, its waking, pacing and health. */
import { z } from 'zod';
import { currentDigestSchema, outcomeNameSchema } from './digest.ts';

/** What a test card came to. `unclear` also stands for one whose process died. */
export const testRecordSchema = z.object({
  id: z.string(),
  at: z.number(),
  outcome: outcomeNameSchema,
  status: z.int().optional(),
  reason: z.string().optional(),
  seen: z.boolean().optional(),
});
export type TestRecord = z.infer<typeof testRecordSchema>;

/**
 * `ends`, `wake` and the pacing slots are instants of the machine's own wall clock, which may differ by 60 s between
 * processes; everything else is the settable wall clock (protocol rule 17). All in milliseconds since 1970.
 */
export const headSchema = z.object({
  lease: z.object({ nonce: z.string(), ends: z.number() }).optional(),
  /** Somebody came while the lease was held, or a digest waited: look again before all is quiet (rule 6). */
  again: z.boolean(),
  digest: currentDigestSchema.optional(),
  /** The next digest's sequence is at least this. */
  nextSequence: z.int(),
  /** The latest due time that a digest was begun for. */
  servedDueAt: z.number().optional(),
  /** The latest due time not served yet, and a wish to send now (rules 12, 16). */
  asked: z.object({ due: z.object({ at: z.number(), revision: z.int() }).optional(), now: z.boolean() }).optional(),
  /** When the earliest hidden job shows (rule 13). */
  wake: z.number().optional(),
  /** No page older than this is open (rule 8); 0: nothing was ever frozen. */
  openFrom: z.number(),
  /** Which process wrote the latest pacing slots, and how many in a row: only those are by a clock that it knows. */
  slotsBy: z.object({ process: z.string(), count: z.int() }).optional(),
  /** The last test card, and whether its owner saw it in the channel. */
  test: testRecordSchema.optional(),
  /** When the welcome card was posted, or was about to be. */
  welcomedAt: z.number().optional(),
  /** When the last "all quiet" card was posted. */
  quietAt: z.number().optional(),
  /** Which notices about other channels were posted here, by channel and time. */
  noticed: z.array(z.string()).optional(),
  /** Events that urgent cards have shown since the last digest, which says so. */
  shownUrgent: z.int().optional(),
  health: z.object({
    lastDeliveredAt: z.number().optional(),
    failingSince: z.number().optional(),
    reason: z.string().optional(),
    /** Events that nobody will be shown, ever: they waited too long, or too many did (promise 1). */
    dropped: z.int().optional(),
    /** When the latest of them went, and why. */
    droppedAt: z.number().optional(),
    droppedBecause: z.enum(['waited', 'too-many']).optional(),
  }),
});

/** What the head holds, but for the pacing slots, which are kept as numbers beside it. */
export type HeadState = z.infer<typeof headSchema>;

/** The head: its state, and when each POST of the last 24 hours was sent, oldest first. */
export interface Head extends HeadState {
  readonly slots: readonly number[];
}

/** The head of a channel for which nothing was ever written. */
export const NEW_HEAD: Head = { again: false, nextSequence: 0, openFrom: 0, health: {}, slots: [] };
