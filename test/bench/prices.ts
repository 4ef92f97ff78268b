/**
 * List prices, in US dollars: Azure, locally redundant general purpose v2 storage, and Functions on Flex Consumption, on demand,
 * as of August 2026. From the data of a pricing tool and published articles, not from an invoice: look at
 * https://azure.microsoft.com/pricing before relying on them. Free grants are not taken off.
 */
export const PRICES = {
  asOf: '2026-08',
  queueOperation: 0.004 / 10_000,
  /** A transaction is one. */
  tableOperation: 0.000_36 / 10_000,
  execution: 0.4 / 1_000_000,
  gbSecond: 0.000_026,
} as const;

/** What `infra/azure` deploys unless told otherwise. */
export const INSTANCE_GB = 2;
/** An instance is billed while it works, for a second at least. Source: "Flex Consumption plan hosting", billing. */
export const LEAST_ACTIVE_SECONDS = 1;
export const SECONDS_A_MONTH = (365.25 * 86_400) / 12;

/**
 * Dollars a month for the instances of one function that is run `rate` times a second and takes `cpuSeconds` of a core each
 * time. Runs share an instance: it is billed while any of them goes on, and another one joins when its core is busy.
 */
export function usdOfInstances(rate: number, cpuSeconds: number): number {
  const active = Math.max(Math.min(1, rate * LEAST_ACTIVE_SECONDS), rate * cpuSeconds);
  return active * SECONDS_A_MONTH * INSTANCE_GB * PRICES.gbSecond;
}

/** What events cost, by what each takes on average. */
export interface PerEvent {
  readonly queueOperations: number;
  readonly tableOperations: number;
  readonly executions: number;
}

/** Dollars for a million events, compute time apart. */
export function usdPerMillion({ queueOperations, tableOperations, executions }: PerEvent): number {
  const { queueOperation, tableOperation, execution } = PRICES;
  return 1e6 * (queueOperations * queueOperation + tableOperations * tableOperation + executions * execution);
}
