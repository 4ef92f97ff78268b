/** The words of a KQL query. */

/** One word; `text` is what it stands for: a string's content, a timespan in milliseconds. */
export interface Token {
  readonly is: 'name' | 'number' | 'timespan' | 'text' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
const WORD =
  /\s+|\/\/[^\n]*|(?<span>\d+(?:\.\d+)?(?<unit>ms|[dhms])\b)|(?<number>\d+(?:\.\d+)?)|(?<name>!?[A-Za-z_][A-Za-z0-9_]*)|'(?<single>[^'\\\n]*)'|"(?<double>[^"\\\n]*)"|(?<sign>==|!=|<=|>=|=~|!~|[-+*/%<>=()[\],.|])/y;

/** Splits a query. @throws Error at the first thing that is none of ours. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  WORD.lastIndex = 0;
  for (let at = 0; at < query.length; at = WORD.lastIndex) {
    const found = WORD.exec(query);
    if (found === null) throw new Error(`KQL: cannot read "${query.slice(at, at + 20)}"`);
    const { span, unit = '', number, name, single, double, sign } = found.groups ?? {};
    if (span !== undefined) {
      tokens.push({ is: 'timespan', text: String(Number.parseFloat(span) * (UNITS[unit] ?? 0)), at });
    } else if (number !== undefined) tokens.push({ is: 'number', text: number, at });
    else if (name !== undefined) tokens.push({ is: 'name', text: name, at });
    else if (single !== undefined || double !== undefined)
      tokens.push({ is: 'text', text: single ?? double ?? '', at });
    else if (sign !== undefined) tokens.push({ is: 'sign', text: sign, at });
  }
  return [...tokens, { is: 'end', text: '', at: query.length }];
}

/** Goes through words one by one. */
export interface Reader {
  /** The next word, or one further ahead. */
  peek(ahead?: number): Token;
  next(): Token;
  /** True, and a step further, when the next word is this one. */
  skip(text: string): boolean;
  /** @throws Error when it is not. */
  expect(text: string): void;
}

/** Reads a query's words. */
export function readerOf(query: string): Reader {
  const tokens = tokensOf(query);
  let position = 0;
  const peek = (ahead = 0): Token => tokens[position + ahead] ?? { is: 'end', text: '', at: query.length };
  const next = (): Token => {
    const token = peek();
    position += 1;
    return token;
  };
  const skip = (text: string): boolean => {
    const { is, text: there } = peek();
    if (is === 'text' || there !== text) return false;
    position += 1;
    return true;
  };
  return {
    peek,
    next,
    skip,
    expect(text) {
      if (!skip(text)) throw new Error(`KQL: expected "${text}" and found "${peek().text}" at ${peek().at}`);
    },
  };
}
