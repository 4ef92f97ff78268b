/** The aims, as data: what each figure may be. They are never edited to fit a result. */

/** A bound on one figure: on its `ratio` where it has one, else on its `value`. */
export interface Aim {
  readonly name: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** Every figure that has an aim. One without an aim here is reported and never missed. */
export const AIMS: readonly Aim[] = [
  { name: 'queue-ops-per-event-m1', atMost: 1.05 },
  { name: 'queue-ops-per-event-m40', atMost: 0.03 },
  { name: 'table-ops-per-event-m1-hot', atMost: 0.08 },
  { name: 'table-ops-per-event-m40-k3', atMost: 0.09 },
  { name: 'digest-ops-100', atMost: 13 },
  { name: 'dispatch-ops-per-due', atMost: 1.1 },
  { name: 'dispatch-tick-ratio', atMost: 1.05 },
  { name: 'dispatch-10000-seconds', atMost: 60 },
  { name: 'dispatch-skipped', atMost: 0 },
  { name: 'dispatch-repeated', atMost: 0 },
  { name: 'drain-ratio', atLeast: 0.8 },
  { name: 'cpu-us-per-event', atMost: 40 },
  { name: 'digests-ratio', atLeast: 0.7 },
  { name: 'summarise-per-second', atLeast: 300_000 },
  { name: 'summarise-peak-mb', atMost: 64 },
  { name: 'action-p99-ratio', atMost: 1.5 },
  { name: 'cold-start-ratio', atMost: 1.35 },
  { name: 'immediate-latency-p95-ms', atMost: 2_500 },
  { name: 'vault-ops-per-delivery', atMost: 0.01 },
  { name: 'usd-per-million-events-m1', atMost: 1.4 },
  { name: 'usd-per-million-events-m40', atMost: 0.06 },
];
