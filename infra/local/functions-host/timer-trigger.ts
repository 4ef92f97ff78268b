/** Starts the listener of a function with a timer trigger. */
import { BlobServiceClient } from '@azure/storage-blob';
import { z } from 'zod';
import type { Clock } from '../../../shared/platform/clock.ts';
import { type AppSettings, connectionStringOf, resolveSettings } from './app-settings.ts';
import { createBlobLock } from './blob-lock.ts';
import type { RegisteredFunction } from './core-module.ts';
import type { HostLog } from './host-log.ts';
import { type Invoke, triggerOf } from './invoke.ts';
import type { Listener } from './listener.ts';
import { parseNcrontab } from './ncrontab.ts';
import { startTimerListener } from './timer-listener.ts';
import { createTimerStatusStore } from './timer-status.ts';

const timerTrigger = z.object({
  schedule: z.string(),
  runOnStartup: z.boolean().default(false),
  useMonitor: z.boolean().optional(),
});

/** The function and what the host knows. */
export interface TimerTriggerOptions {
  readonly fn: RegisteredFunction;
  readonly appSettings: AppSettings;
  /** The same for all instances of an app: locks and statuses are kept under it. */
  readonly hostId: string;
  readonly lockSeconds: number;
  readonly clock: Pick<Clock, 'now' | 'rate'>;
  readonly invoke: Invoke;
  readonly log: HostLog;
}

// The listener itself tries again; a lock must not be waited for.
const RETRIES = { maxTries: 2, retryDelayInMs: 500, maxRetryDelayInMs: 1_000 };

/**
 * Resolves the trigger's schedule and starts the timer.
 * @throws Error for a schedule that does not parse.
 */
export function startTimerTrigger(options: TimerTriggerOptions): Listener {
  const { fn, appSettings, hostId, lockSeconds, clock, invoke, log } = options;
  const { name } = fn.metadata;
  const trigger = timerTrigger.parse(triggerOf(fn).binding);
  const schedule = parseNcrontab(resolveSettings(trigger.schedule, appSettings));
  const connectionString = connectionStringOf(undefined, appSettings);
  const service = BlobServiceClient.fromConnectionString(connectionString, { retryOptions: RETRIES });
  const container = service.getContainerClient('azure-webjobs-hosts');
  const watched = trigger.useMonitor !== false && !schedule.withinMinute;
  return startTimerListener({
    fn,
    schedule,
    runOnStartup: trigger.runOnStartup,
    lock: createBlobLock(container, `${hostId}/Host.Functions.${name}.Listener`, lockSeconds),
    lockMs: lockSeconds * 1000,
    statuses: watched ? createTimerStatusStore(container, hostId, name) : undefined,
    clock,
    invoke,
    log,
  });
}
