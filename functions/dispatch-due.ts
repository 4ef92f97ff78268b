/** Timer, every minute: moves due rows. */
import type { InvocationContext, Timer, TimerHandler } from '@azure/functions';
import type { Dispatched } from '../shared/schedules/dispatch-due.ts';

/** One tick. */
export function createDispatchDueHandler(dispatch: () => Promise<Dispatched>): TimerHandler {
  return async (_timer: Timer, context: InvocationContext) => {
    const { rows, lateMs } = await dispatch();
    if (rows > 0) context.info('due rows dispatched', { rows, lateMs });
  };
}
