/** Puts together the tick that moves due rows. */
import { createDispatchDue } from '../../shared/schedules/dispatch-due.ts';
import { createDispatchDueHandler } from '../dispatch-due.ts';
import { clock, jobs, telemetry } from './parts.ts';
import { due } from './tables.ts';

/** The handler of the minute's timer. */
export async function dispatchDueHandler() {
  const { realNow } = await clock();
  return createDispatchDueHandler({
    dispatch: createDispatchDue({ due: await due(), digests: await jobs(), clock: await clock() }),
    telemetry: await telemetry(),
    // Loaded when it is looked at: moving due rows needs neither vault nor catalogue.
    health: async () => (await (await import('./health.ts')).health())(),
    minute: () => new Date(realNow()).getUTCMinutes(),
  });
}
