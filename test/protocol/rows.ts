/** Rows that are the same object for the same content, so that states compare by numbers. */
import type { Row, Value } from './storage-model.ts';

/** Makes rows that are the same object for the same content. */
export function createRows() {
  const known = new Map<string, Row>();
  const lives = new Map<number, ReadonlySet<string>>();
  return {
    row(content: Omit<Row, 'id'>): Row {
      const values = Object.entries(content.values).map(([name, value]) => `${name}=${plain(value)}`);
      const text = `${content.key} ${content.etag} ${values.join()}`;
      const there = known.get(text);
      if (there !== undefined) return there;
      const row = { ...content, id: known.size };
      known.set(text, row);
      lives.set(row.id, new Set([...text.matchAll(/([A-Z]\d+)[.-]/g)].map(([, life = '']) => life)));
      return row;
    },
    /** Lives of processes that left a trace in a row. */
    livesIn: (row: Row) => lives.get(row.id) ?? new Set<string>(),
  };
}

function plain(value: Value): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
}
