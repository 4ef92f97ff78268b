/**
 * Runs the queries of our alerts and panels on telemetry that the local collector kept. No package that runs KQL installs from
 * npm: this is an interpreter of exactly the operators and functions that these queries use, and refuses every other. That they
 * are KQL is for `analyse-kql.ts` to say, by Microsoft's own analyser.
 */
import {
  INSIGHTS_COLUMNS,
  INSIGHTS_TABLES,
  type InsightsRow,
  type InsightsTable,
} from '../../local/insights/tables.ts';
import { parseOperator, type Step } from './operators.ts';
import { type Reader, readerOf } from './tokens.ts';
import type { Row } from './values.ts';

/** What to run a query on: the rows by table, and when it is. `windowMs`: only rows of this last time count, as for an alert. */
export interface QueriedAt {
  readonly tables: Readonly<Record<InsightsTable, readonly InsightsRow[]>>;
  readonly now: number;
  readonly windowMs?: number;
}

/** The rows that a query gives. @throws Error for what is not known here. */
export function runKql(query: string, { tables, now, windowMs }: QueriedAt): readonly Row[] {
  const reader = readerOf(query);
  const names = parseSource(reader);
  const steps: Step[] = [];
  while (reader.skip('|')) steps.push(parseOperator(reader));
  if (reader.peek().is !== 'end') throw new Error(`KQL: cannot go on at "${reader.peek().text}"`);
  const since = windowMs === undefined ? Number.NEGATIVE_INFINITY : now - windowMs;
  const rows = names
    .flatMap((name) => tables[name].map((row) => ({ ...columnsOf(names), ...row }) as Row))
    .filter(({ timestamp }) => timestamp instanceof Date && timestamp.getTime() > since && timestamp.getTime() <= now);
  return steps.reduce<readonly Row[]>((left, step) => step(left, { now }), rows);
}

/** A row of a union has the columns of all its tables: where its own has none, text is empty and everything else null. */
function columnsOf(names: readonly InsightsTable[]): Row {
  const columns = names.flatMap((name) => Object.entries(INSIGHTS_COLUMNS[name]));
  return Object.fromEntries(columns.map(([name, type]) => [name, type === 'string' ? '' : null]));
}

/** A table, or `union` of several. */
function parseSource(reader: Reader): InsightsTable[] {
  const names: InsightsTable[] = [];
  const many = reader.skip('union');
  do {
    const { text } = reader.next();
    const table = INSIGHTS_TABLES.find((name) => name === text);
    if (table === undefined) throw new Error(`KQL: no table ${text} here`);
    names.push(table);
  } while (many && reader.skip(','));
  return names;
}
