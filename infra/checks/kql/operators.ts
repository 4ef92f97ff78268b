/** The operators that our queries use, each from its words to a step over rows. */
import { type Expression, parseExpression, parseList, type Surroundings } from './expression.ts';
import { callAggregate } from './functions.ts';
import type { Reader } from './tokens.ts';
import { type Cell, compare, isTrue, type Row, textOf } from './values.ts';

/** What an operator does. */
export type Step = (rows: readonly Row[], around: Surroundings) => readonly Row[];

const OPERATORS: Readonly<Record<string, (reader: Reader) => Step>> = {
  where: parseWhere,
  extend: (reader) => parseColumns(reader, 'beside the others'),
  project: (reader) => parseColumns(reader, 'alone'),
  summarize: parseSummarize,
  order: parseOrder,
  take: parseTake,
  render: parseRender,
};

/** Parses one operator, after its bar. @throws Error for one that is not known. */
export function parseOperator(reader: Reader): Step {
  const { text } = reader.next();
  const parse = OPERATORS[text];
  if (parse === undefined) throw new Error(`KQL: no operator ${text} here`);
  return parse(reader);
}

function parseWhere(reader: Reader): Step {
  const condition = parseExpression(reader);
  return (rows, around) => rows.filter((row) => isTrue(condition(row, around)));
}

interface Column {
  readonly name: string;
  readonly value: Expression;
}

/** `name = expression`, or the name of a column. */
function parseColumn(reader: Reader): Column {
  const [{ is, text: name }, after] = [reader.peek(), reader.peek(1)];
  if (is !== 'name' || !['=', ',', '|', 'by', ''].includes(after.text))
    throw new Error(`KQL: give the column at "${name}" a name`); // KQL has rules for that which are not ours
  if (after.text === '=') {
    reader.next();
    reader.next();
  }
  return { name, value: parseExpression(reader) };
}

function parseMany<T>(reader: Reader, parse: (reader: Reader) => T): T[] {
  const items = [parse(reader)];
  while (reader.skip(',')) items.push(parse(reader));
  return items;
}

function parseColumns(reader: Reader, where: 'alone' | 'beside the others'): Step {
  const columns = parseMany(reader, parseColumn);
  return (rows, around) =>
    rows.map((row) => {
      const made = Object.fromEntries(columns.map(({ name, value }) => [name, value(row, around)]));
      return where === 'alone' ? made : { ...row, ...made };
    });
}

function parseSummarize(reader: Reader): Step {
  const aggregates = parseMany(reader, (words) => {
    const { text: name } = words.next();
    words.expect('=');
    return { name, of: callAggregate(words.next().text, parseList(words)) };
  });
  const by = reader.skip('by') ? parseMany(reader, parseColumn) : [];
  return (rows, around) => {
    const groups = new Map<string, { readonly keys: Row; readonly rows: Row[] }>();
    if (by.length === 0) groups.set('', { keys: {}, rows: [] }); // of no rows too
    for (const row of rows) {
      const keys = Object.fromEntries(by.map(({ name, value }) => [name, value(row, around)]));
      const id = by.map(({ name }) => textOf(keys[name] ?? null)).join('\n');
      const group = groups.get(id) ?? { keys, rows: [] };
      groups.set(id, group);
      group.rows.push(row);
    }
    return [...groups.values()].map((group) => ({
      ...group.keys,
      ...Object.fromEntries(aggregates.map(({ name, of }): [string, Cell] => [name, of(group.rows, around)])),
    }));
  };
}

function parseOrder(reader: Reader): Step {
  reader.expect('by');
  const value = parseExpression(reader);
  const way = reader.skip('asc') ? 1 : -1; // KQL's default is descending
  if (way === -1) reader.skip('desc');
  return (rows, around) => [...rows].sort((a, b) => way * (compare(value(a, around), value(b, around)) ?? 0));
}

function parseTake(reader: Reader): Step {
  const most = Number(reader.next().text);
  return (rows) => rows.slice(0, most);
}

/** How it is drawn is not ours to run. */
function parseRender(reader: Reader): Step {
  reader.next();
  return (rows) => rows;
}
