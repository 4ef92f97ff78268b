/** Timer, every hour: the net under the protocol. */
import type { InvocationContext, Timer, TimerHandler } from '@azure/functions';

/** One run; what it found goes to the log. */
export function createReconcileHandler(reconcile: () => Promise<Readonly<Record<string, unknown>>>): TimerHandler {
  return async (_timer: Timer, context: InvocationContext) => {
    context.info('reconciled', await reconcile());
  };
}
