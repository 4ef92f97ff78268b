/** The host's log: one line for each entry, as `func start` prints them, above the level that `host.json` asks for. */
import type { LogLevel } from './core-types.ts';
import type { HostJson } from './host-json.ts';

const ORDER: readonly string[] = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'];

/** Where host and app write. */
export interface HostLog {
  write(level: LogLevel, category: string, message: string): void;
}

/** A log that passes `[level] category: message` to `write`. */
export function createHostLog(least: HostJson['logLevel'], write: (line: string) => void): HostLog {
  const from = ORDER.indexOf(least.toLowerCase());
  return {
    write(level, category, message) {
      if (ORDER.indexOf(level) >= from) write(`[${level}] ${category}: ${message}`);
    },
  };
}

/** An error with its stack, for the log. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
