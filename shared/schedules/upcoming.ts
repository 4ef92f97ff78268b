/** The next times of a schedule, with what daylight saving does to them: what an owner sees before they save. */
import { Temporal } from 'temporal-polyfill';
import { nextDeliveries } from './next-deliveries.ts';
import type { TimedSchedule } from './schedule.ts';

/** A time to come. `at`: milliseconds since 1970. */
export interface Upcoming {
  readonly at: number;
  /** What the zone's clocks show then, as `2026-03-29T03:00`. */
  readonly local: string;
  /** The zone's clocks changed since the time before (for the first one: since now); offsets such as `+01:00`. */
  readonly clockChange: { readonly from: string; readonly to: string } | undefined;
  /** The chosen time does not exist on that day: it is due when the clocks have gone on. */
  readonly isMoved: boolean;
}

/** The next `count` times after `now`. */
export function upcoming(schedule: TimedSchedule, now: number, count: number): Upcoming[] {
  const zoned = (instant: number) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(schedule.timeZone);
  let before = zoned(now).offset;
  return nextDeliveries(schedule, now, count).map((at) => {
    const then = zoned(at);
    const clockChange = then.offset === before ? undefined : { from: before, to: then.offset };
    before = then.offset;
    const local = then.toPlainDateTime().toString({ smallestUnit: 'minute' });
    const isMoved = schedule.every !== 'hour' && !local.endsWith(`T${schedule.at}`);
    return { at, local, clockChange, isMoved };
  });
}
