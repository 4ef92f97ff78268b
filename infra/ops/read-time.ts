/** Times as they stand on a command line: an instant, or how long ago. */
import { OpsCallError } from './call-error.ts';

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The instant that `text` means, in ms since 1970: ISO 8601, or `30m`, `24h`, `7d` before now. @throws OpsCallError. */
export function readSince(text: string, now: number): number {
  const span = readSpan(text);
  return span === undefined ? readInstant(text) : now - span;
}

/** The instant to come that `text` means: ISO 8601, or `30m`, `24h`, `7d` from now. @throws OpsCallError. */
export function readUntil(text: string, now: number): number {
  const span = readSpan(text);
  const instant = span === undefined ? readInstant(text) : now + span;
  if (instant <= now)
    throw new OpsCallError(`${text} is over. Give a time to come, such as 7d or 2026-12-24T09:00:00Z.`);
  return instant;
}

function readSpan(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * UNITS[unit as keyof typeof UNITS];
}

function readInstant(text: string): number {
  const instant = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant))
    throw new OpsCallError(`"${text}" is no time. Give 30m, 24h, 7d, a date, or a time such as 2026-11-21T09:00:00Z.`);
  return instant;
}
