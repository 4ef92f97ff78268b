/** The functions that our queries call: of a row, and over rows. Source: "Scalar functions" and "Aggregation functions", Kusto Query Language, Microsoft Learn. */
import type { Expression, Surroundings } from './expression.ts';
import { type Cell, compare, isTrue, type Row, textOf } from './values.ts';

type Scalar = (values: readonly Cell[], around: Surroundings) => Cell;

const number = (cell: Cell): Cell => {
  const read = typeof cell === 'number' ? cell : Number.parseFloat(textOf(cell));
  return Number.isNaN(read) ? null : read;
};

const SCALARS: Readonly<Record<string, Scalar>> = {
  tostring: ([value = null]) => textOf(value),
  toreal: ([value = null]) => number(value),
  toint: ([value = null]) => {
    const read = number(value);
    return typeof read === 'number' ? Math.trunc(read) : null;
  },
  iff: ([condition = null, then = null, otherwise = null]) => (isTrue(condition) ? then : otherwise),
  not: ([value = null]) => !isTrue(value),
  isnotempty: ([value = null]) => textOf(value) !== '',
  strcat: (values) => values.map(textOf).join(''),
  round: ([value = null, digits = 0]) => {
    const scale = 10 ** Number(digits);
    return typeof value === 'number' ? Math.round(value * scale) / scale : null;
  },
  ago: ([span = null], { now }) => new Date(now - Number(span)),
  now: (_, { now }) => new Date(now),
  bin: ([value = null, size = null]) => {
    const floor = (n: number) => Math.floor(n / Number(size)) * Number(size);
    if (value instanceof Date) return new Date(floor(value.getTime()));
    return typeof value === 'number' ? floor(value) : null;
  },
};

/** A call of a function of one row. @throws Error for one that is not known. */
export function callScalar(name: string, parameters: readonly Expression[]): Expression {
  const scalar = SCALARS[name];
  if (scalar === undefined) throw new Error(`KQL: no function ${name} here`);
  return (row, around) =>
    scalar(
      parameters.map((parameter) => parameter(row, around)),
      around,
    );
}

/** Values of each parameter, row by row. */
type Aggregate = (rows: readonly (readonly Cell[])[]) => Cell;

const sum = (values: readonly Cell[]): number =>
  values.reduce<number>((total, value) => total + (typeof value === 'number' ? value : 0), 0);
const best = (rows: readonly (readonly Cell[])[], way: 1 | -1): Cell =>
  rows.reduce<Cell>(
    (found, [value = null]) => ((compare(value, found) ?? (found === null ? way : 0)) * way > 0 ? value : found),
    null,
  );

/** Over no rows sums and counts are 0, everything else null. Source: "summarize operator", "Default values of aggregations". */
const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  count: (rows) => rows.length,
  countif: (rows) => rows.filter(([condition = null]) => isTrue(condition)).length,
  sum: (rows) => sum(rows.map(([value = null]) => value)),
  sumif: (rows) => sum(rows.filter(([, condition = null]) => isTrue(condition)).map(([value = null]) => value)),
  max: (rows) => best(rows, 1),
  min: (rows) => best(rows, -1),
  dcount: (rows) => new Set(rows.map(([value = null]) => textOf(value))).size,
  make_set: (rows) => [...new Set(rows.map(([value = null]) => textOf(value)))],
};

/** A call of a function over rows. @throws Error for one that is not known. */
export function callAggregate(name: string, parameters: readonly Expression[]) {
  const aggregate = AGGREGATES[name];
  if (aggregate === undefined) throw new Error(`KQL: no aggregation ${name} here`);
  return (rows: readonly Row[], around: Surroundings): Cell =>
    aggregate(rows.map((row) => parameters.map((parameter) => parameter(row, around))));
}
