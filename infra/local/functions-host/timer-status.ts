/** When a timer last fired and fires next, kept in a blob as Azure keeps it, so that a missed occurrence is noticed at start. */
import type { ContainerClient } from '@azure/storage-blob';
import { z } from 'zod';
import type { TimerSchedule } from './ncrontab.ts';

const stored = z.object({ Last: z.iso.datetime(), Next: z.iso.datetime(), LastUpdated: z.iso.datetime() });

/** A timer's schedule status, in milliseconds since 1970; `last` is undefined before the first occurrence. */
export interface TimerStatus {
  readonly last: number | undefined;
  readonly next: number;
  readonly lastUpdated: number;
}

/** Where the status of one timer is kept. */
export interface TimerStatusStore {
  read(): Promise<TimerStatus | undefined>;
  write(status: TimerStatus): Promise<void>;
}

/** The blob `timers/<host>/<function>/status`, named and written as Azure does it (StorageScheduleMonitor.cs). */
export function createTimerStatusStore(
  container: ContainerClient,
  hostId: string,
  functionName: string,
): TimerStatusStore {
  const blob = container.getBlockBlobClient(`timers/${hostId}/Host.Functions.${functionName}/status`);
  return {
    async read() {
      if (!(await blob.exists())) return undefined;
      const text = (await blob.downloadToBuffer()).toString();
      const { Last, Next, LastUpdated } = stored.parse(JSON.parse(text));
      const last = Date.parse(Last);
      return { last: last < 0 ? undefined : last, next: Date.parse(Next), lastUpdated: Date.parse(LastUpdated) };
    },
    async write(status) {
      const text = JSON.stringify(toStored(status));
      await blob.upload(text, Buffer.byteLength(text));
    },
  };
}

/** The status in the names and forms of .NET, in which it is stored and handed to functions. */
export function toStored({ last, next, lastUpdated }: TimerStatus) {
  const iso = (time: number) => new Date(time).toISOString();
  return {
    Last: last === undefined ? '0001-01-01T00:00:00Z' : iso(last),
    Next: iso(next),
    LastUpdated: iso(lastUpdated),
  };
}

/** True when an occurrence was missed since the status was written. A schedule that changed since then is not past due. */
export function isPastDue(status: TimerStatus, schedule: TimerSchedule, now: number): boolean {
  const expected = schedule.next(status.last ?? status.lastUpdated);
  return status.next === expected && now > status.next;
}
