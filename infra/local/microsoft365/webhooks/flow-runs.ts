/** The run history of flows: the only place where a failure after the 202 can be read. */
import type { Clock } from '../clock.ts';
import type { RunOutcome } from './verdict.ts';
import type { Webhook } from './webhook.ts';

/** One run of a flow. */
export interface FlowRun {
  readonly id: string;
  readonly webhook: string;
  readonly at: string;
  readonly status: 'Succeeded' | 'Failed';
  readonly error: { readonly code: string; readonly message: string } | null;
}

const DAY_MS = 86_400_000;
/** Power Automate switches off a flow that nothing has triggered for 90 days. */
const IDLE_DAYS = 90;
/** And one that has failed for 14 days without a success. */
const FAILING_DAYS = 14;

interface Health {
  lastRunAt: number;
  failingSince: number | null;
}

/** The runs, newest last; beyond `keep` the oldest are forgotten. */
export function createFlowRuns(clock: Clock, keep = 5_000) {
  let runs: FlowRun[] = [];
  let next = 1;
  const health = new Map<string, Health>();
  const healthOf = (webhook: Webhook): Health => {
    const known = health.get(webhook.id) ?? { lastRunAt: webhook.createdAt, failingSince: null };
    health.set(webhook.id, known);
    return known;
  };
  return {
    /** Switches a flow off when it has been idle or failing for too long. */
    switchOffIfStale(webhook: Webhook): void {
      const { lastRunAt, failingSince } = healthOf(webhook);
      if (webhook.state !== 'active') return;
      const now = clock.now();
      if (now - lastRunAt >= IDLE_DAYS * DAY_MS) webhook.offReason = `idle for ${IDLE_DAYS} days`;
      else if (failingSince !== null && now - failingSince >= FAILING_DAYS * DAY_MS)
        webhook.offReason = `failing for ${FAILING_DAYS} days`;
      else return;
      webhook.state = 'off';
    },
    add(webhook: Webhook, outcome: RunOutcome): FlowRun {
      const now = clock.now();
      const failed = outcome.is === 'failed';
      const known = healthOf(webhook);
      known.lastRunAt = now;
      known.failingSince = failed ? (known.failingSince ?? now) : null;
      const run: FlowRun = {
        id: `run-${next++}`,
        webhook: webhook.id,
        at: new Date(now).toISOString(),
        status: failed ? 'Failed' : 'Succeeded',
        error: failed ? { code: outcome.code, message: outcome.message } : null,
      };
      runs.push(run);
      if (runs.length > keep * 1.1) runs = runs.slice(-keep);
      return run;
    },
    /** A flow that was switched on again starts with a clean slate, as after *Turn on*. */
    forgive: (webhook: Webhook) => void health.set(webhook.id, { lastRunAt: clock.now(), failingSince: null }),
    list: (webhook?: string): FlowRun[] => runs.filter((run) => (webhook ?? run.webhook) === run.webhook),
    clear: () => {
      runs = [];
    },
  };
}

/** The run history. */
export type FlowRuns = ReturnType<typeof createFlowRuns>;
