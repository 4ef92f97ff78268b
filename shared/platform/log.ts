/** Structured logging: a constant sentence and ids. Webhook URLs, tokens and card text never go in. */

/** What may stand beside a sentence: ids, counts, codes. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The three levels we use: `info` for what happened, `warn` for what mends itself, `error` for what a person must see. */
export interface Log {
  info(sentence: string, fields?: LogFields): void;
  warn(sentence: string, fields?: LogFields): void;
  error(sentence: string, fields?: LogFields): void;
}

/** A log that says nothing, for tests and tools. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Writes one line of JSON for each entry to `write`, e.g. `console.log`. */
export function createJsonLog(write: (line: string) => void): Log {
  const entry = (level: string) => (sentence: string, fields?: LogFields) =>
    write(JSON.stringify({ level, message: sentence, ...fields }));
  return { info: entry('info'), warn: entry('warn'), error: entry('error') };
}
