/** Sets the wall clock of a running local system, by the file that CLOCK_FILE names. */
import { rename, writeFile } from 'node:fs/promises';
import type { ClockSetting } from '../../shared/platform/clock-file.ts';

/** Lets the wall clock show `wall` now (milliseconds since 1970) and go `rate` times as fast as real time from here on. */
export type SetClock = (setting: { readonly wall: number; readonly rate?: number }) => Promise<void>;

/** A setter for the file at `path`; processes see the change within a tenth of a second. */
export function createClockFile(path: string): SetClock {
  return async function setClock({ wall, rate = 1 }) {
    const setting: ClockSetting = { real: Date.now(), wall, rate };
    await writeFile(`${path}.part`, JSON.stringify(setting));
    await rename(`${path}.part`, path);
  };
}
