/**
 * A digest: the events that go out together to one channel.
 *
 * | state       | where it stands | what moves it on |
 * |-------------|-----------------|------------------|
 * | `freezing`  | head            | its pages are being claimed, 99 to a transaction; a takeover goes on where it stopped (rule 8) |
 * | `frozen`    | head            | its content is fixed; the next attempt is now or at `nextAttemptAt` (rule 12) |
 * | `sending`   | head            | an attempt's intent is written, its record not yet: a takeover reads the digest's row first (rule 10) |
 * | `returning` | head            | its pages are being opened again; restartable (rule 14) |
 * | `delivered`, `accepted` | digests' row | the record: the webhook answered so; the head is free |
 * | `returned`  | digests' row    | its events wait in the inbox again, its identities do not count |
 *
 * The head holds the one unfinished digest; the digest's row is the record of its attempts. The next step from any state is
 * decided in `next-step.ts`; the protocol's twenty rules are in docs/architecture.md.
 */
import { z } from 'zod';
import { severitySchema } from '../subscriptions/severity.ts';

/** What one POST came to; `unclear`: it was sent, and nobody knows (promise 2). */
export const outcomeNameSchema = z.enum([
  'delivered',
  'accepted',
  'throttled',
  'too-large',
  'refused',
  'unauthorised',
  'gone',
  'forbidden',
  'failed',
  'unclear',
]);
export type OutcomeName = z.infer<typeof outcomeNameSchema>;

/** One attempt, as the timeline shows it. Times are wall-clock milliseconds since 1970. */
export const attemptSchema = z.object({
  attempt: z.int(),
  at: z.number(),
  outcome: outcomeNameSchema,
  status: z.int().optional(),
  reason: z.string().optional(),
  nextAttemptAt: z.number().optional(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** How the card is drawn; a refused or too large card is drawn smaller or plainer, and stays so. */
export const cardStyleSchema = z.object({ style: z.enum(['normal', 'plain']), budgetBytes: z.int() });
export type CardStyle = z.infer<typeof cardStyleSchema>;

/** The unfinished digest, in the head. */
export const currentDigestSchema = z.object({
  sequence: z.int(),
  state: z.enum(['freezing', 'frozen', 'sending', 'returning']),
  urgency: z.enum(['ordinary', 'urgent']),
  /** When its content was decided, on the wall clock: what its card says. */
  frozenAt: z.number(),
  /** Pages are read from this key on; first and last page bound it once frozen. */
  from: z.string(),
  firstPage: z.string().optional(),
  lastPage: z.string().optional(),
  count: z.int(),
  /** The due time it serves, if it has one. */
  dueAt: z.number().optional(),
  /** Attempts whose intent was written; 0 before the first. */
  attempt: z.int(),
  attemptedAt: z.number().optional(),
  nextAttemptAt: z.number().optional(),
  /** Failures up to this attempt do not count any more: the webhook was changed, or its owner resumed the channel. */
  retriesFrom: z.int().optional(),
  /** Events that urgent cards have shown since the digest before: "n already shown". */
  alreadyShown: z.int().optional(),
  card: cardStyleSchema,
  /** What the card is drawn with, as it was when frozen, so that a retry is byte for byte the same. */
  locale: z.string(),
  timeZone: z.string(),
});
export type CurrentDigest = z.infer<typeof currentDigestSchema>;

/** The record of a digest. */
export const digestRecordSchema = z.object({
  sequence: z.int(),
  state: z.enum(['frozen', 'delivered', 'accepted', 'returned']),
  urgency: z.enum(['ordinary', 'urgent']),
  frozenAt: z.number(),
  firstPage: z.string().optional(),
  lastPage: z.string().optional(),
  /** Events shown, and events left out because they had been shown before. */
  count: z.int(),
  attempts: z.array(attemptSchema),
  /** For the digest page: counts, time and topics (the commonest) of what is shown. */
  overview: z
    .object({
      bySeverity: z.record(severitySchema, z.int()),
      period: z.object({ from: z.number(), to: z.number() }).optional(),
      topics: z.array(z.string()),
    })
    .optional(),
  /** How the last attempt's card was drawn, so that it can be shown anew after an answer. */
  card: cardStyleSchema.optional(),
  alreadyShown: z.int().optional(),
  /** W3C trace context of the last attempt: what answers to its card were led to by. */
  traceparent: z.string().optional(),
  locale: z.string(),
  timeZone: z.string(),
});
export type DigestRecord = z.infer<typeof digestRecordSchema>;

/** A digest's id: unique, and enough to find its row and pages. */
export function digestIdOf(subscriptionId: string, sequence: number): string {
  return `${subscriptionId}_${sequence}`;
}

/** The subscription and sequence in a digest's id; undefined when it is none. */
export function parseDigestId(id: string): { subscriptionId: string; sequence: number } | undefined {
  const [, subscriptionId, sequence] = /^(sub_[A-Za-z0-9-]+)_(\d{1,15})$/.exec(id) ?? [];
  return subscriptionId === undefined ? undefined : { subscriptionId, sequence: Number(sequence) };
}
