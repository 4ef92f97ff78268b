/** Events over time while they stream by: bins that widen whenever the period outgrows their number. */
import { SEVERITIES, type Severity } from '../subscriptions/severity.ts';
import type { Timeline } from './digest-summary.ts';

const MINUTE_MS = 60_000;
/** Each a multiple of the one before, so that bins can be joined. A day has minutes, 45 days have hours. */
const WIDTHS_MS = [1, 5, 15, 60, 360, 1_440, 10_080, 524_160].map((minutes) => minutes * MINUTE_MS);
const MAX_BINS = 1_500;
const NONE: Readonly<Record<Severity, number>> = { info: 0, warning: 0, error: 0, critical: 0 };

/** A timeline in the making. */
export interface TimelineTally {
  add(at: number, rank: number): void;
  finish(): Timeline;
}

/** Begins a timeline with bins of a minute. */
export function createTimelineTally(): TimelineTally {
  let bins = new Map<number, number[]>();
  let level = 0;

  function widen(): void {
    const [width = MINUTE_MS, wider] = WIDTHS_MS.slice(level, level + 2);
    if (wider === undefined) return;
    const joined = new Map<number, number[]>();
    for (const [bin, counts] of bins) {
      const into = Math.floor((bin * width) / wider);
      const sums = joined.get(into) ?? [0, 0, 0, 0];
      joined.set(
        into,
        sums.map((sum, rank) => sum + (counts[rank] ?? 0)),
      );
    }
    bins = joined;
    level += 1;
  }

  return {
    add(at, rank) {
      const bin = Math.floor(at / (WIDTHS_MS[level] ?? MINUTE_MS));
      const counts = bins.get(bin);
      if (counts !== undefined) {
        counts[rank] = (counts[rank] ?? 0) + 1;
        return;
      }
      bins.set(
        bin,
        SEVERITIES.map((_, each) => (each === rank ? 1 : 0)),
      );
      while (bins.size > MAX_BINS && level < WIDTHS_MS.length - 1) widen();
    },

    finish() {
      const widthMs = WIDTHS_MS[level] ?? MINUTE_MS;
      const inOrder = [...bins].sort(([a], [b]) => a - b);
      return { widthMs, bins: inOrder.map(([bin, counts]) => ({ from: bin * widthMs, bySeverity: named(counts) })) };
    },
  };
}

function named(counts: readonly number[]): Readonly<Record<Severity, number>> {
  const entries = SEVERITIES.map((severity, rank) => [severity, counts[rank] ?? 0] as const);
  return { ...NONE, ...Object.fromEntries(entries) };
}
