/** Fires one timer function by its schedule, on whichever instance holds its lock (TimerListener.cs, SingletonListener.cs). */
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../../shared/platform/clock.ts';
import type { BlobLock } from './blob-lock.ts';
import type { RegisteredFunction } from './core-module.ts';
import { describeError, type HostLog } from './host-log.ts';
import type { Invoke, TriggerInput } from './invoke.ts';
import type { Listener } from './listener.ts';
import type { TimerSchedule } from './ncrontab.ts';
import { isPastDue, type TimerStatus, type TimerStatusStore, toStored } from './timer-status.ts';

/** A timer trigger, resolved. */
export interface TimerListenerOptions {
  readonly fn: RegisteredFunction;
  readonly schedule: TimerSchedule;
  readonly runOnStartup: boolean;
  readonly lock: BlobLock;
  readonly lockMs: number;
  /** Undefined for a timer without monitor: then nothing is ever past due. */
  readonly statuses: TimerStatusStore | undefined;
  /** Its wall clock decides when the timer fires; it may be set, and may run faster than real time. */
  readonly clock: Pick<Clock, 'now' | 'rate'>;
  readonly invoke: Invoke;
  readonly log: HostLog;
}

// The clock may be set at any moment, so it is asked again at least this often.
const LOOK_AGAIN_MS = 1_000;

/** Starts the timer. */
export function startTimerListener(options: TimerListenerOptions): Listener {
  const { fn, schedule, runOnStartup, lock, lockMs, statuses, clock, invoke, log } = options;
  let status: TimerStatus | undefined;
  let next: number | undefined; // undefined until this instance holds the lock
  let held = false;
  const stopping = new AbortController();
  let ranOnStartup = false;
  /** Waits, but not once the listener stops. */
  const pause = (ms: number) => setTimeout(ms, undefined, { signal: stopping.signal }).catch(() => {});
  const holding = keepHolding();
  const firing = keepFiring();

  async function keepHolding(): Promise<void> {
    while (!stopping.signal.aborted) {
      held = await logged(lock.hold(), false);
      if (!held) next = undefined;
      await pause(lockMs / 3);
    }
  }

  async function keepFiring(): Promise<void> {
    while (!stopping.signal.aborted) {
      const now = clock.now();
      if (held && next === undefined) await takeOver(now);
      else if (held && next !== undefined && now >= next) await fire(now, false);
      else await pause(Math.min(LOOK_AGAIN_MS, next === undefined ? LOOK_AGAIN_MS / 10 : (next - now) / clock.rate()));
    }
  }

  async function takeOver(now: number): Promise<void> {
    status = await logged(statuses?.read() ?? Promise.resolve(undefined), undefined);
    const missed = status !== undefined && isPastDue(status, schedule, now);
    if (missed || (runOnStartup && !ranOnStartup)) {
      ranOnStartup = true;
      return fire(now, missed);
    }
    next = schedule.next(now);
    await remember({ last: status?.last, next, lastUpdated: now });
  }

  async function fire(now: number, missed: boolean): Promise<void> {
    await invoke(fn, toTimerInput(statuses && status, missed)).catch(() => {}); // logged; the schedule goes on
    // Occurrences that passed meanwhile are skipped, not made up for.
    next = schedule.next(Math.max(now, clock.now()));
    await remember({ last: now, next: schedule.next(now), lastUpdated: clock.now() });
  }

  async function remember(newStatus: TimerStatus): Promise<void> {
    status = newStatus;
    await logged(statuses?.write(newStatus) ?? Promise.resolve(), undefined);
  }

  async function logged<T>(call: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await call;
    } catch (error) {
      log.write('warning', `Host.${fn.metadata.name}`, `Storage did not answer the timer\n${describeError(error)}`);
      return otherwise;
    }
  }

  return {
    async stop() {
      stopping.abort();
      await Promise.all([holding, firing]);
      await lock.release();
    },
  };
}

/** What the function gets; the library writes the names in camel case. */
export function toTimerInput(status: TimerStatus | undefined, missed: boolean): TriggerInput {
  const ScheduleStatus = status === undefined ? null : toStored(status);
  return { data: { json: JSON.stringify({ Schedule: { AdjustForDST: true }, ScheduleStatus, IsPastDue: missed }) } };
}
