/** A digest's timeline as the few bars a chart shows: minutes, hours, or days of its readers' zone. */
import type { Timeline } from '../digests/digest-summary.ts';
import { SEVERITIES, type Severity } from '../subscriptions/severity.ts';
import { type DateWriter, dateWriter } from './dates.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** One bar: what happened in it, and what stands under it; digits and a colon at most. */
export interface ChartBar {
  readonly label: string;
  readonly bySeverity: Readonly<Record<Severity, number>>;
}

/** How bars are told apart: instants of equal key share one. Keys are met in order when stepping through the period. */
interface Unit {
  readonly stepMs: number;
  keyOf(instant: number): string;
  label(key: string): string;
}

/** Bars of a period too long for days: its equal parts, without labels. */
const MAX_PARTS = 32;

/** The bars of a timeline, empty ones included; every event of it is in one. */
export function chartBars({ bins, widthMs }: Timeline, timeZone: string): readonly ChartBar[] {
  const [first, last] = [bins[0], bins.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { stepMs, keyOf, label } = unitFor(first.from, last.from, { widthMs, dates: dateWriter('en-GB', timeZone) });
  const bars = new Map<string, Record<Severity, number>>();
  const barAt = (instant: number) => {
    const key = keyOf(instant);
    const bar = bars.get(key) ?? { info: 0, warning: 0, error: 0, critical: 0 };
    bars.set(key, bar);
    return bar;
  };
  for (let instant = first.from; instant < last.from; instant += stepMs) barAt(instant);
  barAt(last.from);
  for (const { from, bySeverity } of bins) {
    const bar = barAt(from);
    for (const severity of SEVERITIES) bar[severity] += bySeverity[severity];
  }
  return [...bars].map(([key, bySeverity]) => ({ label: label(key), bySeverity }));
}

function unitFor(from: number, to: number, { widthMs, dates }: { widthMs: number; dates: DateWriter }): Unit {
  const long = to - from;
  if (widthMs > HOUR_MS || long >= 62 * DAY_MS) return parts(from, to);
  if (long >= 2 * DAY_MS) {
    return { stepMs: HOUR_MS, keyOf: dates.dayKey, label: (key) => String(Number(key.slice(0, 2))) };
  }
  if (long >= 6 * HOUR_MS) return { stepMs: HOUR_MS, keyOf: dates.hourKey, label: (key) => `${key.slice(-2)}:00` };
  // Parts of an hour are the same everywhere: zones differ by whole quarters.
  return minutes(Math.max(long >= HOUR_MS ? 15 * MINUTE_MS : 5 * MINUTE_MS, widthMs), dates);
}

function minutes(ms: number, dates: DateWriter): Unit {
  return {
    stepMs: ms,
    keyOf: (instant) => String(Math.floor(instant / ms)),
    label: (key) => dates.hour(Number(key) * ms),
  };
}

function parts(from: number, to: number): Unit {
  const ms = Math.ceil((to - from + 1) / MAX_PARTS);
  return { stepMs: ms, keyOf: (instant) => String(Math.floor((instant - from) / ms)), label: () => '' };
}
