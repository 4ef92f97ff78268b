/** Puts together the tick that moves due rows. */
import { createDispatchDue } from '../../shared/schedules/dispatch-due.ts';
import { createDispatchDueHandler } from '../dispatch-due.ts';
import { clock, due, jobs, telemetry } from './parts.ts';

/** The handler of the minute's timer. */
export async function dispatchDueHandler() {
  const dispatch = createDispatchDue({ due: await due(), digests: await jobs(), clock: await clock() });
  return createDispatchDueHandler(dispatch, await telemetry());
}
