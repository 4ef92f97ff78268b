/** Figures by OpenTelemetry: an instrument for each name, made when it is first needed. */
import type { Histogram, Meter, Counter as OtelCounter } from '@opentelemetry/api';
import { COUNTERS, DISTRIBUTIONS } from './figures.ts';
import type { Telemetry } from './telemetry.ts';

/** Counts and measures with `meter`. */
export function createFigures(meter: Meter): Pick<Telemetry, 'count' | 'measure'> {
  const counters = new Map<string, OtelCounter>();
  const distributions = new Map<string, Histogram>();
  return {
    count(figure, by, reasons) {
      const { unit, says } = COUNTERS[figure];
      const counter = counters.get(figure) ?? meter.createCounter(figure, { unit, description: says });
      counters.set(figure, counter);
      counter.add(by, reasons);
    },
    measure(figure, value, reasons) {
      const { unit, says } = DISTRIBUTIONS[figure];
      const distribution = distributions.get(figure) ?? meter.createHistogram(figure, { unit, description: says });
      distributions.set(figure, distribution);
      distribution.record(value, reasons);
    },
  };
}
