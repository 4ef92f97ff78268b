/** Expressions of KQL: parsed into functions of a row. What is not known here is refused, never guessed. */
import { callScalar } from './functions.ts';
import type { Reader } from './tokens.ts';
import { type Cell, compare, contains, isTrue, plus, type Row, textOf } from './values.ts';

/** What a query knows while it runs: the time that `ago` and `now` count from. */
export interface Surroundings {
  readonly now: number;
}

/** A value for a row. */
export type Expression = (row: Row, around: Surroundings) => Cell;

/** Parses one expression. @throws Error for what is not KQL of ours. */
export function parseExpression(reader: Reader): Expression {
  let left = parseAnd(reader);
  while (reader.skip('or')) {
    const [first, second] = [left, parseAnd(reader)];
    left = (row, around) => isTrue(first(row, around)) || isTrue(second(row, around));
  }
  return left;
}

function parseAnd(reader: Reader): Expression {
  let left = parseComparison(reader);
  while (reader.skip('and')) {
    const [first, second] = [left, parseComparison(reader)];
    left = (row, around) => isTrue(first(row, around)) && isTrue(second(row, around));
  }
  return left;
}

const TEXT_TESTS: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  has: (text, part) => contains(text, part, 'word'),
  contains: (text, part) => contains(text, part, 'anywhere'),
  startswith: (text, part) => text.toLowerCase().startsWith(part.toLowerCase()),
  endswith: (text, part) => text.toLowerCase().endsWith(part.toLowerCase()),
  '=~': (text, part) => text.toLowerCase() === part.toLowerCase(),
};

function parseComparison(reader: Reader): Expression {
  const left = parseSum(reader);
  const { text: sign, is } = reader.peek();
  if (is === 'text') return left;
  if (sign === 'in' || sign === '!in') {
    reader.next();
    const list = parseList(reader);
    return (row, around) => {
      const value = left(row, around);
      return list.some((item) => compare(value, item(row, around)) === 0) === (sign === 'in');
    };
  }
  const test = TEXT_TESTS[sign];
  if (test !== undefined) {
    reader.next();
    const right = parseSum(reader);
    return (row, around) => test(textOf(left(row, around)), textOf(right(row, around)));
  }
  if (!['==', '!=', '<', '>', '<=', '>='].includes(sign)) return left;
  reader.next();
  const right = parseSum(reader);
  return (row, around) => holds(sign, compare(left(row, around), right(row, around)));
}

/** Nothing compares with null. */
function holds(sign: string, order: number | undefined): boolean {
  if (order === undefined) return false;
  if (sign === '==') return order === 0;
  if (sign === '!=') return order !== 0;
  if (sign === '<') return order < 0;
  if (sign === '>') return order > 0;
  return sign === '<=' ? order <= 0 : order >= 0;
}

function parseSum(reader: Reader): Expression {
  let left = parseProduct(reader);
  for (let sign = reader.peek(); sign.is === 'sign' && /^[-+]$/.test(sign.text); sign = reader.peek()) {
    reader.next();
    const [first, second] = [left, parseProduct(reader)];
    const way = sign.text === '+' ? 1 : -1;
    left = (row, around) => plus(first(row, around), second(row, around), way);
  }
  return left;
}

function parseProduct(reader: Reader): Expression {
  let left = parsePrimary(reader);
  for (let sign = reader.peek(); sign.is === 'sign' && /^[*/]$/.test(sign.text); sign = reader.peek()) {
    reader.next();
    const [first, second] = [left, parsePrimary(reader)];
    const times = sign.text === '*';
    left = (row, around) => {
      const [a, b] = [first(row, around), second(row, around)];
      if (typeof a !== 'number' || typeof b !== 'number') return null;
      if (times) return a * b;
      return b === 0 ? null : a / b; // of two reals: our queries divide no others
    };
  }
  return left;
}

function parsePrimary(reader: Reader): Expression {
  if (reader.skip('(')) {
    const inner = parseExpression(reader);
    reader.expect(')');
    return inner;
  }
  const { is, text } = reader.next();
  if (is === 'number' || is === 'timespan') return () => Number(text);
  if (is === 'text') return () => text;
  if (is !== 'name') throw new Error(`KQL: "${text}" is no value`);
  if (text === 'true' || text === 'false') return () => text === 'true';
  if (reader.peek().text === '(' && reader.peek().is === 'sign') {
    const parameters = parseList(reader);
    return callScalar(text, parameters);
  }
  return parsePath(reader, (row) => {
    const value = row[text];
    if (value === undefined) throw new Error(`KQL: there is no column ${text}`);
    return value;
  });
}

/** `.name` and `['name']` on a dynamic value. */
function parsePath(reader: Reader, start: Expression): Expression {
  let value = start;
  for (;;) {
    let key: string;
    if (reader.skip('.')) key = reader.next().text;
    else if (reader.skip('[')) {
      key = reader.next().text;
      reader.expect(']');
    } else return value;
    const of = value;
    value = (row, around) => {
      const found = of(row, around);
      const inside = typeof found === 'object' && found !== null && !(found instanceof Date) ? found : {};
      return (inside as Readonly<Record<string, Cell>>)[key] ?? null;
    };
  }
}

/** Expressions between brackets. */
export function parseList(reader: Reader): Expression[] {
  reader.expect('(');
  const items: Expression[] = [];
  while (!reader.skip(')')) {
    items.push(parseExpression(reader));
    if (!reader.skip(',')) {
      reader.expect(')');
      break;
    }
  }
  return items;
}
