/** Timer, every hour: the net under the protocol. */
import type { InvocationContext, Timer, TimerHandler } from '@azure/functions';
import type { Reconciled } from '../shared/delivery/reconcile.ts';

/** One run. */
export function createReconcileHandler(reconcile: () => Promise<Reconciled>): TimerHandler {
  return async (_timer: Timer, context: InvocationContext) => {
    context.info('reconciled', { ...(await reconcile()) });
  };
}
