/** Timer, every minute: moves due rows; every fifth time it looks at the app's health as well, so that an alert needs no key. */
import type { InvocationContext, Timer, TimerHandler } from '@azure/functions';
import { failing, type Health } from '../shared/platform/health.ts';
import type { Telemetry } from '../shared/platform/telemetry/telemetry.ts';
import type { Dispatched } from '../shared/schedules/dispatch-due.ts';

/** What a tick needs. `minute`: of the hour. */
export interface TickDeps {
  readonly dispatch: () => Promise<Dispatched>;
  readonly telemetry: Telemetry;
  readonly health: () => Promise<Health>;
  readonly minute: () => number;
}

const HEALTH_EVERY_MINUTES = 5;

/** One tick. Due rows go first. */
export function createDispatchDueHandler({ dispatch, telemetry, health, minute }: TickDeps): TimerHandler {
  return async (timer: Timer, context: InvocationContext) => {
    const { rows, lateMs } = await dispatch();
    if (rows > 0) {
      telemetry.count('tidings.due.dispatched', rows);
      telemetry.measure('tidings.due.late', lateMs);
      context.info('due rows dispatched', { rows, lateMs });
    }
    // By hand it moves due rows and no more: what a tick costs is counted so. The host gives the schedule's runs a status.
    if (timer.scheduleStatus == null || minute() % HEALTH_EVERY_MINUTES !== 0) return;
    const ill = failing(await health());
    if (ill.length > 0) context.warn('health is failing', { failing: ill.join(' ') });
  };
}
