/** A wall clock that development can set while the app runs: read from a small file, named by CLOCK_FILE. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Clock, systemClock } from './clock.ts';

/** The file is looked at this often. */
const LOOK_MS = 100;

/** At `real` (the machine's clock, ms since 1970) the wall clock showed `wall`, and goes `rate` times as fast since. */
export const clockSettingSchema = z.object({ real: z.number(), wall: z.number(), rate: z.number().min(1).max(10_000) });
/** What the file holds, as JSON. */
export type ClockSetting = z.infer<typeof clockSettingSchema>;

/** A clock set by the file at `path`; while that is missing or unreadable, the last setting, at first the machine's clock. */
export function createFileClock(path: string): Clock {
  let setting: ClockSetting = { real: 0, wall: 0, rate: 1 };
  let lookedAt = Number.NEGATIVE_INFINITY;

  function current(): ClockSetting {
    if (performance.now() - lookedAt < LOOK_MS) return setting;
    lookedAt = performance.now();
    try {
      setting = clockSettingSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      // Not there yet, or being written: the next look finds it.
    }
    return setting;
  }

  return {
    ...systemClock,
    now() {
      const { real, wall, rate } = current();
      return wall + (systemClock.realNow() - real) * rate;
    },
    rate: () => current().rate,
  };
}
