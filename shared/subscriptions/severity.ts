/** How bad an event is, and how bad it must be to be told. */
import { z } from 'zod';

/** From least to most severe. */
export const SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;
/** How bad it is. */
export type Severity = (typeof SEVERITIES)[number];
/** Parses a severity. */
export const severitySchema = z.enum(SEVERITIES);

/** True when `severity` is at least as bad as `least`. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}
