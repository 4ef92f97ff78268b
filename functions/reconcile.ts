/** Timer, every hour: the net under the protocol. */
import type { InvocationContext, Timer, TimerHandler } from '@azure/functions';
import type { Telemetry } from '../shared/platform/telemetry/telemetry.ts';

/** One run; what it found goes to the log and into figures, nothing found as well: a zero says that somebody looked. */
export function createReconcileHandler(
  reconcile: () => Promise<Readonly<Record<string, number>>>,
  telemetry: Telemetry,
): TimerHandler {
  return async (_timer: Timer, context: InvocationContext) => {
    const found = await reconcile();
    for (const [finding, count] of Object.entries(found)) telemetry.count('tidings.reconciled', count, { finding });
    const { eventsDropped = 0 } = found;
    if (eventsDropped > 0) telemetry.count('tidings.events.dropped', eventsDropped, { because: 'waited' });
    context.info('reconciled', found);
  };
}
