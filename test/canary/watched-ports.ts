/** Ports of worlds in which nothing prints or answers for real: what goes into them is looked at all the same. */
import { createJsonLog, type Log } from '../../shared/platform/log.ts';
import { silentTelemetry, type Telemetry } from '../../shared/platform/telemetry/telemetry.ts';
import { createLook, type Look } from './report.ts';

const leaks = process.env['CANARY_LEAKS'];

/** Looks at what a world's app answers or logs; only within a run of jest. */
export const look: Look = leaks === undefined ? () => {} : createLook(leaks);

/** A log that says nothing to anyone. */
export const watchedLog: Log = createJsonLog((line) => look('a line of the log', line, 'any-token'));

/** Telemetry that is off. */
export const watchedTelemetry: Telemetry = {
  ...silentTelemetry,
  count: (...figure) => lookAt(figure),
  measure: (...figure) => lookAt(figure),
  work(work, run) {
    lookAt(work);
    return run();
  },
  note: (ids) => lookAt(ids),
};

function lookAt(told: unknown): void {
  look('telemetry', JSON.stringify(told), 'any-token');
}
