/** What could not be taken, with the reason: table `deadletters`, one partition per day. */
import { createHash } from 'node:crypto';
import type { TableClient } from '@azure/data-tables';

const ROW_VERSION = 1;
/** Azure's limit for a binary property is 64 KiB. */
const MAX_PAYLOAD_BYTES = 60 * 1024;
const MAX_REASON_CHARS = 2_000;

/** One dead letter. `messageId` and `position` make its key, so that a message seen again adds none. */
export interface DeadLetter {
  readonly queue: string;
  readonly messageId: string;
  readonly position: number;
  /** When the message was put, in ms since 1970: its day is the partition, the same however often it is seen. */
  readonly insertedAt: number;
  readonly reason: string;
  readonly payload: string;
}

/** The store of dead letters. */
export type DeadLettersTable = ReturnType<typeof createDeadLettersTable>;

/** Dead letters in `table`. */
export function createDeadLettersTable(table: TableClient) {
  return {
    /** Stores a dead letter; harmless when it is there. */
    async put({ queue, messageId, position, insertedAt, reason, payload }: DeadLetter): Promise<void> {
      const bytes = Buffer.from(payload);
      await table.upsertEntity(
        {
          partitionKey: new Date(insertedAt).toISOString().slice(0, 10),
          rowKey: createHash('sha256').update(`${queue} ${messageId} ${position}`).digest('base64url'),
          v: ROW_VERSION,
          queue,
          messageId,
          position,
          insertedAt: new Date(insertedAt).toISOString(),
          reason: reason.slice(0, MAX_REASON_CHARS),
          payload: bytes.subarray(0, MAX_PAYLOAD_BYTES),
          payloadBytes: bytes.length,
        },
        'Replace',
      );
    },
  };
}
