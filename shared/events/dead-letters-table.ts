/** What could not be taken, with the reason: table `deadletters`, one partition per day. */
import { createHash } from 'node:crypto';
import { odata, type TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { orUndefined } from '../platform/table-rows.ts';
import { DEAD_LETTER_REASONS, type DeadLetter, type StoredDeadLetter } from './dead-letter.ts';

const ROW_VERSION = 1;
/** Azure's limit for a binary property is 64 KiB, and a message of that size can grow when it is written as JSON again. */
const PART_BYTES = 60 * 1024;
/** A row holds 1 MiB. */
const MAX_PARTS = 15;
const MAX_REASON_CHARS = 2_000;

const rowSchema = z.looseObject({
  partitionKey: z.string(),
  rowKey: z.string(),
  queue: z.string(),
  messageId: z.string(),
  position: z.int(),
  insertedAt: z.string().transform((text) => Date.parse(text)),
  because: z.enum(DEAD_LETTER_REASONS).optional(),
  reason: z.string(),
  payloadBytes: z.int(),
});

/** The store of dead letters. */
export type DeadLettersTable = ReturnType<typeof createDeadLettersTable>;

/** Dead letters in `table`. */
export function createDeadLettersTable(table: TableClient) {
  return {
    /** Stores a dead letter; harmless when it is there. */
    async put({ queue, messageId, position, insertedAt, because, reason, payload }: DeadLetter): Promise<void> {
      const bytes = Buffer.from(payload);
      await table.upsertEntity(
        {
          partitionKey: dayOf(insertedAt),
          rowKey: createHash('sha256').update(`${queue} ${messageId} ${position}`).digest('base64url'),
          v: ROW_VERSION,
          queue,
          messageId,
          position,
          insertedAt: new Date(insertedAt).toISOString(),
          because,
          reason: reason.slice(0, MAX_REASON_CHARS),
          ...partsOf(bytes),
          payloadBytes: bytes.length,
        },
        'Replace',
      );
    },

    /** Those of messages put at `since` or later (ms since 1970), oldest day first. */
    async *list(since = 0): AsyncGenerator<StoredDeadLetter> {
      const filter = odata`PartitionKey ge ${dayOf(since)}`;
      for await (const row of table.listEntities({ queryOptions: { filter } })) {
        const letter = fromRow(row);
        if (letter.insertedAt >= since) yield letter;
      }
    },

    /** Those whose id begins so; an id is a day, a dot and a key. */
    async find(id: string): Promise<StoredDeadLetter[]> {
      const [, day, key] = /^(\d{4}-\d{2}-\d{2})\.([\w-]{4,43})$/.exec(id) ?? [];
      if (day === undefined || key === undefined) return [];
      const filter = odata`PartitionKey eq ${day} and RowKey ge ${key} and RowKey le ${`${key}~`}`;
      const found: StoredDeadLetter[] = [];
      for await (const row of table.listEntities({ queryOptions: { filter } })) found.push(fromRow(row));
      return found;
    },

    /** Removes one, if it is there. */
    async remove({ id }: Pick<StoredDeadLetter, 'id'>): Promise<void> {
      const [day = '', key = ''] = id.split('.');
      await orUndefined(table.deleteEntity(day, key));
    },

    /** Removes those of days before that of `before` (ms since 1970), for `reconcile`; gives how many. */
    async removeBefore(before: number): Promise<number> {
      const filter = odata`PartitionKey lt ${dayOf(before)}`;
      let removed = 0;
      for await (const { partitionKey, rowKey } of table.listEntities({
        queryOptions: { filter, select: ['PartitionKey', 'RowKey'] },
      })) {
        if (partitionKey === undefined || rowKey === undefined) continue;
        await orUndefined(table.deleteEntity(partitionKey, rowKey));
        removed += 1;
      }
      return removed;
    },
  };
}

/** `payload`, `payload1`, …: the first is the only one of most. */
function partsOf(bytes: Buffer): Record<string, Buffer> {
  const parts: Record<string, Buffer> = { payload: bytes.subarray(0, PART_BYTES) };
  for (let part = 1; part < MAX_PARTS && part * PART_BYTES < bytes.length; part++)
    parts[`payload${part}`] = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
  return parts;
}

function fromRow(entity: object): StoredDeadLetter {
  const row = rowSchema.parse(entity);
  const parts = [row['payload'], ...Array.from({ length: MAX_PARTS }, (_, part) => row[`payload${part}`])];
  const bytes = Buffer.concat(parts.filter((part) => part instanceof Uint8Array));
  const { partitionKey, rowKey, queue, messageId, position, insertedAt, because, reason, payloadBytes } = row;
  return {
    id: `${partitionKey}.${rowKey}`,
    queue,
    messageId,
    position,
    insertedAt,
    because,
    reason,
    payload: bytes.toString('utf8'),
    isWhole: bytes.length === payloadBytes,
  };
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
