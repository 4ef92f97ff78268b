/** A table that answers every question with one row, and keeps what is written: rows as the product writes them, to make wrong ones from. */
import type { TableClient } from '@azure/data-tables';

/** Columns; bytes are `{ base64 }` here, since a corpus is JSON. */
export type Row = Readonly<Record<string, unknown>>;

/** The table. */
export function createFakeTable() {
  let row: Row = {};
  const written: Row[] = [];
  const note = async (entity: Row) => {
    written.push(asJson(entity));
    return { etag: 'e' };
  };
  const list = () => {
    const rows = [fromJson(row)];
    return Object.assign(listed(rows), { byPage: () => listed([rows]) });
  };
  const table = {
    getEntity: async () => fromJson(row),
    listEntities: list,
    ...{ createEntity: note, upsertEntity: note, updateEntity: note, deleteEntity: async () => ({}) },
    submitTransaction: async (actions: readonly [string, Row][]) => {
      for (const [, entity] of actions) written.push(asJson(entity));
      return { subResponses: [{ etag: 'e' }] };
    },
  };
  return {
    table: table as unknown as TableClient,
    written,
    /** The row that it answers with from now on. */
    answer: ({ partitionKey, rowKey, etag: _, ...columns }: Row) => {
      // Keys and ETags are storage's own: they are text, whatever else is not.
      row = { ...columns, partitionKey: asKey(partitionKey), rowKey: asKey(rowKey), etag: 'e' };
    },
  };
}

async function* listed<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function asJson(entity: Row): Row {
  return Object.fromEntries(
    Object.entries({ etag: 'e', ...entity }).map(([name, value]) => [
      name,
      isBytes(value) ? { base64: Buffer.from(value).toString('base64') } : value,
    ]),
  );
}

function fromJson(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const isBytes =
        typeof value === 'object' && value !== null && 'base64' in value && typeof value.base64 === 'string';
      return [name, isBytes ? new Uint8Array(Buffer.from(String(value.base64), 'base64')) : value];
    }),
  );
}

function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value);
}

function asKey(key: unknown): string {
  return typeof key === 'string' ? key : (JSON.stringify(key) ?? '');
}
