/** Tables and queues as plain data: what one call does to them, and what it answers. */

/** A value of a row. Buffers stay as they were given; nobody changes them. */
export type Value = string | number | boolean | Uint8Array;

/** One row. `id` is the same for the same content, so that states compare by numbers. */
export interface Row {
  readonly id: number;
  /** Table, partition and row key. */
  readonly key: string;
  readonly table: string;
  readonly pk: string;
  readonly rk: string;
  readonly etag: number;
  readonly values: Readonly<Record<string, Value>>;
}

/** All rows by their keys. */
export type Rows = Readonly<Record<string, Row>>;

/** An entity as the SDK takes it. */
export type Entity = Readonly<Record<string, unknown>> & { readonly partitionKey: string; readonly rowKey: string };

/** One change within a write. */
export type Change =
  | { readonly do: 'create'; readonly entity: Entity }
  | { readonly do: 'upsert'; readonly entity: Entity }
  | {
      readonly do: 'update';
      readonly entity: Entity;
      readonly mode: 'Merge' | 'Replace';
      readonly etag: string | undefined;
    }
  | { readonly do: 'delete'; readonly pk: string; readonly rk: string; readonly etag: string | undefined };

/** One call to storage: a step of the search. */
export type StorageCall =
  | { readonly op: 'get'; readonly table: string; readonly pk: string; readonly rk: string }
  | {
      readonly op: 'list';
      readonly table: string;
      readonly filter: string;
      readonly most: number;
      readonly after: string;
    }
  | { readonly op: 'write'; readonly table: string; readonly changes: readonly Change[] }
  | { readonly op: 'put'; readonly text: string; readonly hiddenForMs: number };

/** What a call answers. */
export type StorageAnswer =
  | { readonly is: 'row'; readonly row: Row }
  | { readonly is: 'rows'; readonly rows: readonly Row[]; readonly more: boolean }
  | { readonly is: 'written'; readonly etags: readonly number[] }
  | { readonly is: 'failed'; readonly status: number }
  | { readonly is: 'put' };

/** What the model of storage needs: rows by content, and ETags that nobody holds. */
export interface RowMaker {
  row(content: Omit<Row, 'id'>): Row;
  freshEtag(key: string): number;
}

/** Reads one row or a page of a listing. */
export function readRows(rows: Rows, call: Extract<StorageCall, { op: 'get' | 'list' }>): StorageAnswer {
  if (call.op === 'get') {
    const row = rows[`${call.table}/${call.pk}/${call.rk}`];
    return row === undefined ? { is: 'failed', status: 404 } : { is: 'row', row };
  }
  const matches = matcherOf(call.filter);
  const found = Object.values(rows)
    .filter((row) => row.table === call.table && row.key > call.after && matches(row))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return { is: 'rows', rows: found.slice(0, call.most), more: found.length > call.most };
}

/**
 * Makes changes: all or none. `keepNonce`: the answer will be lost, and the SDK will meet this write again; otherwise
 * nobody will ever ask for the row's nonce, and states that differ in it alone are the same.
 */
export function writeRows(
  rows: Rows,
  { table, changes }: Extract<StorageCall, { op: 'write' }>,
  maker: RowMaker,
  keepNonce: boolean,
): { readonly rows: Rows; readonly answer: StorageAnswer } {
  const next: Record<string, Row> = { ...rows };
  const etags: number[] = [];
  const touched = new Set<string>();
  for (const change of changes) {
    const [pk, rk] =
      change.do === 'delete' ? [change.pk, change.rk] : [change.entity.partitionKey, change.entity.rowKey];
    const key = `${table}/${pk}/${rk}`;
    if (touched.has(key)) return { rows, answer: { is: 'failed', status: 400 } }; // InvalidDuplicateRow
    touched.add(key);
    const status = refusalOf(change, next[key]);
    if (status !== undefined) return { rows, answer: { is: 'failed', status } };
    if (change.do === 'delete') {
      delete next[key];
      etags.push(0);
      continue;
    }
    const values = valuesOf(change, next[key], keepNonce);
    const row = maker.row({ key, table, pk, rk, etag: maker.freshEtag(key), values });
    next[key] = row;
    etags.push(row.etag);
  }
  return { rows: next, answer: { is: 'written', etags } };
}

function refusalOf(change: Change, there: Row | undefined): number | undefined {
  if (change.do === 'create') return there === undefined ? undefined : 409;
  if (change.do === 'upsert') return undefined;
  if (there === undefined) return 404;
  return change.etag === undefined || change.etag === '*' || change.etag === String(there.etag) ? undefined : 412;
}

function valuesOf(change: Exclude<Change, { do: 'delete' }>, there: Row | undefined, keepNonce: boolean) {
  const { partitionKey: _, rowKey: __, ...given } = change.entity;
  const values: Record<string, Value> = change.do === 'update' && change.mode === 'Merge' ? { ...there?.values } : {};
  for (const [name, value] of Object.entries(given)) if (value !== undefined) values[name] = value as Value;
  if ('nonce' in given && !keepNonce) values['nonce'] = '';
  return values;
}

/** The filters that our code writes: comparisons joined by `and`. */
function matcherOf(filter: string): (row: Row) => boolean {
  if (filter === '') return () => true;
  const conditions = filter.split(' and ').map((text) => {
    const [, name, operator, value] = /^(\w+) (eq|le|lt|ge|gt) '(.*)'$/.exec(text) ?? [];
    if (name === undefined || operator === undefined || value === undefined)
      throw new Error(`a filter the model cannot read: ${text}`);
    return { name, operator, value: value.replaceAll("''", "'") };
  });
  return (row) =>
    conditions.every(({ name, operator, value }) => {
      const actual = name === 'PartitionKey' ? row.pk : name === 'RowKey' ? row.rk : row.values[name];
      if (typeof actual !== 'string') return false;
      switch (operator) {
        case 'eq':
          return actual === value;
        case 'le':
          return actual <= value;
        case 'lt':
          return actual < value;
        case 'ge':
          return actual >= value;
        default:
          return actual > value;
      }
    });
}
