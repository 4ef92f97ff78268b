/** Timer, every minute: moves due rows. */
import type { InvocationContext, Timer, TimerHandler } from '@azure/functions';
import type { Telemetry } from '../shared/platform/telemetry.ts';
import type { Dispatched } from '../shared/schedules/dispatch-due.ts';

/** One tick. */
export function createDispatchDueHandler(dispatch: () => Promise<Dispatched>, telemetry: Telemetry): TimerHandler {
  return async (_timer: Timer, context: InvocationContext) => {
    const { rows, lateMs } = await dispatch();
    if (rows === 0) return;
    telemetry.count('tidings.due.dispatched', rows);
    telemetry.measure('tidings.due.late', lateMs);
    context.info('due rows dispatched', { rows, lateMs });
  };
}
