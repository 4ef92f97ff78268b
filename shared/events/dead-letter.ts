/** A dead letter: what could not be taken, and why. */

/**
 * Every reason, by its stable name:
 * `not-json`: a message that is neither JSON nor base64 of JSON; `invalid`: a part of it lacks what an event has;
 * `too-many`: more events in one message than a message of ours holds; `too-large`: an event that cannot be cut to fit;
 * `not-a-job`: a message on `digests` that is no job of ours; `failed-for-a-day`: infrastructure was away for 24 hours.
 */
export const DEAD_LETTER_REASONS = [
  'not-json',
  'invalid',
  'too-many',
  'too-large',
  'not-a-job',
  'failed-for-a-day',
] as const;
export type DeadLetterReason = (typeof DEAD_LETTER_REASONS)[number];

/** One dead letter. `messageId` and `position` make its key, so that a message seen again adds none. */
export interface DeadLetter {
  readonly queue: string;
  readonly messageId: string;
  readonly position: number;
  /** When the message was put, in ms since 1970: its day is the partition, the same however often it is seen. */
  readonly insertedAt: number;
  readonly because: DeadLetterReason;
  /** The same in words, with what is wrong. */
  readonly reason: string;
  readonly payload: string;
}

/** A dead letter as read. `id`: its day and its key, by which commands name it. `because` is unknown of rows of 0.1.0. */
export interface StoredDeadLetter extends Omit<DeadLetter, 'because'> {
  readonly id: string;
  readonly because: DeadLetterReason | undefined;
  /** False where a part of the payload was not kept, by 0.1.0. */
  readonly isWhole: boolean;
}
