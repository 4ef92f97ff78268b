/**
 * List prices, in US dollars: Azure, locally redundant general purpose v2 storage, and Functions on the Consumption plan, as of
 * August 2026. From the data of a pricing tool, not from an invoice: look at https://azure.microsoft.com/pricing before relying
 * on them. Free grants are not taken off.
 */
export const PRICES = {
  asOf: '2026-08',
  queueOperation: 0.004 / 10_000,
  /** A transaction is one. */
  tableOperation: 0.000_36 / 10_000,
  execution: 0.2 / 1_000_000,
  gbSecond: 0.000_016,
} as const;

/** What the Consumption plan bills at the least for an execution: 100 ms of 128 MB. */
export const LEAST_GB_SECONDS = 0.1 * 0.125;

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
