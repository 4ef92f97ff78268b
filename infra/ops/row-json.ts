/** A table's row as one line of JSON, and back: the types of its properties stay. */

/** A property as JSON has it: bytes in base64. */
export type StoredValue = string | number | boolean | { readonly binary: string };
/** A row as JSON has it. */
export type StoredRow = Readonly<Record<string, StoredValue>>;

const ADDED_BY_THE_SERVICE = ['etag', 'timestamp', 'odata.metadata'];

/** @throws Error for a property of a type that our rows do not have. */
export function toStoredRow(row: Readonly<Record<string, unknown>>): StoredRow {
  const kept = Object.entries(row).filter(([name]) => !ADDED_BY_THE_SERVICE.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, toStored(name, value)]));
}

/** The entity that a stored row was. */
export function toEntity({ partitionKey, rowKey, ...rest }: StoredRow) {
  const properties = Object.entries(rest).map(([name, value]) => [name, fromStored(value)]);
  return { partitionKey: String(partitionKey), rowKey: String(rowKey), ...Object.fromEntries(properties) };
}

function toStored(name: string, value: unknown): StoredValue {
  if (value instanceof Uint8Array) return { binary: Buffer.from(value).toString('base64') };
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new Error(`Property ${name} is of a type that cannot be kept as JSON.`);
}

function fromStored(value: StoredValue): string | number | boolean | Uint8Array {
  return typeof value === 'object' ? new Uint8Array(Buffer.from(value.binary, 'base64')) : value;
}
