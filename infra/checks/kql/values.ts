/** Values of KQL: null compares with nothing, times are dates, durations numbers of milliseconds. */

/** What a cell holds. */
export type Cell = string | number | boolean | Date | null | readonly Cell[] | { readonly [key: string]: Cell };
/** A row by its columns. */
export type Row = Readonly<Record<string, Cell>>;

/** True for `true` alone. */
export function isTrue(cell: Cell): boolean {
  return cell === true;
}

/** Less than, equal to or greater than zero; undefined for what cannot be compared. @throws Error for values of two types. */
export function compare(a: Cell, b: Cell): number | undefined {
  if (a === null || b === null) return undefined;
  const [left, right] = [a instanceof Date ? a.getTime() : a, b instanceof Date ? b.getTime() : b];
  if (typeof left !== typeof right || typeof left === 'object') throw new Error('KQL: values of two types compared');
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Adds or takes away: numbers, and durations from times. */
export function plus(a: Cell, b: Cell, way: 1 | -1): Cell {
  if (a instanceof Date && typeof b === 'number') return new Date(a.getTime() + way * b);
  if (typeof a === 'number' && typeof b === 'number') return a + way * b;
  return null;
}

/** `tostring`: null is empty. */
export function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** Case does not matter; a `word` is bounded by what is no letter or digit. */
export function contains(text: string, part: string, how: 'word' | 'anywhere'): boolean {
  const [all, wanted] = [text.toLowerCase(), part.toLowerCase()];
  if (how === 'anywhere') return all.includes(wanted);
  const escaped = wanted.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![a-z0-9])${escaped}(?![a-z0-9])`).test(all);
}
