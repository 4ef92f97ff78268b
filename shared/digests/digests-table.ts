/** The records of digests: table `digests`, one partition per subscription, newest first. */
import { odata, type TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { IDENTITY_BYTES } from '../events/event-identity.ts';
import { newNonce, orUndefined, type Written, writeConfirmed } from '../platform/table-rows.ts';
import { type DigestRecord, digestRecordSchema } from './digest.ts';

const ROW_VERSION = 1;
/** A sequence is at most 15 digits; subtracting sorts the newest first. */
const NEWEST = 999_999_999_999_999;
/** Identities in one binary property (64 KiB), in one row (1 MiB). */
const PER_PROPERTY = 4_096;
export const IDENTITIES_PER_ROW = 49_152; // 12 properties
/** Small, since rows can be large; a channel's last day is rarely more. */
const ROWS_AT_ONCE = 25;

const rowSchema = z.object({
  v: z.literal(ROW_VERSION),
  record: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(digestRecordSchema),
  nonce: z.string(),
  etag: z.string(),
});

/** A record as read, with the ETag that a change must name. */
export interface StoredDigest {
  readonly record: DigestRecord;
  readonly etag: string;
  readonly nonce: string;
}

/** What identities to compare with: a digest's, and the time of its last page. */
export interface ShownIdentities {
  readonly record: DigestRecord;
  readonly identities: readonly Uint8Array[];
}

/** The store of records. */
export type DigestsTable = ReturnType<typeof createDigestsTable>;

/** Records in `table`. */
export function createDigestsTable(table: TableClient) {
  async function read(subscriptionId: string, sequence: number): Promise<StoredDigest | undefined> {
    const row = await orUndefined(
      table.getEntity(subscriptionId, rowKey(sequence), { queryOptions: { select: ['v', 'record', 'nonce'] } }),
    );
    return row === undefined ? undefined : rowSchema.parse(row);
  }

  return {
    read,

    /** Inserts a record with its identities; refused when it is there. Further rows go first, so that a record has all of its own. */
    async insert(subscriptionId: string, record: DigestRecord, identities: Uint8Array): Promise<Written<StoredDigest>> {
      const nonce = newNonce();
      const rows = identityRows(identities);
      for (const [index, properties] of rows.entries()) {
        if (index > 0)
          await table.upsertEntity(
            {
              partitionKey: subscriptionId,
              rowKey: `${rowKey(record.sequence)}.${String(index).padStart(3, '0')}`,
              v: ROW_VERSION,
              ...properties,
            },
            'Replace',
          );
      }
      const entity = {
        partitionKey: subscriptionId,
        rowKey: rowKey(record.sequence),
        v: ROW_VERSION,
        nonce,
        record: JSON.stringify(record),
        ...rows[0],
      };
      return writeConfirmed(
        nonce,
        () => table.createEntity(entity),
        () => read(subscriptionId, record.sequence),
      );
    },

    /** Changes a record that was read with `etag`; its identities stay. */
    async update(subscriptionId: string, record: DigestRecord, etag: string): Promise<Written<StoredDigest>> {
      const nonce = newNonce();
      const entity = {
        partitionKey: subscriptionId,
        rowKey: rowKey(record.sequence),
        nonce,
        record: JSON.stringify(record),
      };
      return writeConfirmed(
        nonce,
        () => table.updateEntity(entity, 'Merge', { etag }),
        () => read(subscriptionId, record.sequence),
      );
    },

    /** Records and identities of digests frozen at `since` or later, newest first. */
    async *listShown(subscriptionId: string, since: number): AsyncGenerator<ShownIdentities> {
      const filter = odata`PartitionKey eq ${subscriptionId} and RowKey le ${`${rowKey(Math.max(0, since))}~`}`;
      let current: { record: DigestRecord; identities: Uint8Array[] } | undefined;
      for await (const page of table.listEntities({ queryOptions: { filter } }).byPage({ maxPageSize: ROWS_AT_ONCE })) {
        for (const row of page) {
          if (!row.rowKey?.includes('.')) {
            if (current !== undefined) yield current;
            current = { record: rowSchema.parse(row).record, identities: [] };
          }
          current?.identities.push(...identitiesOf(row));
        }
      }
      if (current !== undefined) yield current;
    },

    /** Records, newest first, without identities. */
    async *list(subscriptionId: string): AsyncGenerator<StoredDigest> {
      const queryOptions = {
        filter: odata`PartitionKey eq ${subscriptionId}`,
        select: ['RowKey', 'v', 'record', 'nonce'],
      };
      for await (const row of table.listEntities({ queryOptions })) {
        if ('record' in row && typeof row['record'] === 'string') yield rowSchema.parse(row);
      }
    },

    /** Records of every channel's digests frozen at `since` or later, without identities. */
    async *listSince(
      since: number,
    ): AsyncGenerator<{ readonly subscriptionId: string; readonly record: DigestRecord }> {
      const queryOptions = {
        filter: odata`RowKey le ${rowKey(Math.max(0, since))}`,
        select: ['PartitionKey', 'RowKey', 'v', 'record', 'nonce'],
      };
      for await (const row of table.listEntities({ queryOptions })) {
        if ('record' in row && typeof row['record'] === 'string')
          yield { subscriptionId: String(row.partitionKey), record: rowSchema.parse(row).record };
      }
    },

    /** Deletes a record and its further rows. */
    async remove(subscriptionId: string, sequence: number): Promise<void> {
      const filter = odata`PartitionKey eq ${subscriptionId} and RowKey ge ${rowKey(sequence)} and RowKey le ${`${rowKey(sequence)}~`}`;
      for await (const row of table.listEntities({ queryOptions: { filter, select: ['RowKey'] } })) {
        await orUndefined(table.deleteEntity(subscriptionId, String(row.rowKey)));
      }
    },
  };
}

function rowKey(sequence: number): string {
  return String(NEWEST - Math.floor(sequence)).padStart(15, '0');
}

/** Cuts identities into rows of properties `i00`, `i01`, …; at least one row. Of an array that is no Buffer the SDK would write the whole memory behind it. */
function identityRows({ buffer, byteOffset, byteLength }: Uint8Array): Record<string, Buffer>[] {
  const identities = Buffer.from(buffer, byteOffset, byteLength);
  const rows: Record<string, Buffer>[] = [{}];
  const step = PER_PROPERTY * IDENTITY_BYTES;
  const perRow = IDENTITIES_PER_ROW / PER_PROPERTY;
  for (let part = 0; part * step < identities.length; part++) {
    const row = Math.floor(part / perRow);
    rows[row] = {
      ...rows[row],
      [`i${String(part % perRow).padStart(2, '0')}`]: identities.subarray(part * step, (part + 1) * step),
    };
  }
  return rows;
}

function identitiesOf(row: Readonly<Record<string, unknown>>): Uint8Array[] {
  return Object.entries(row)
    .filter(([name, value]) => /^i\d\d$/.test(name) && value instanceof Uint8Array)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value as Uint8Array);
}
