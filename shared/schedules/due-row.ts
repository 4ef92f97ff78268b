/** A due row: says that a channel's digest is due in a certain minute, and how to find the minute after it (protocol rule 3). */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { nextDelivery } from './next-deliveries.ts';
import { scheduleSchema, type TimedSchedule } from './schedule.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Jobs of one minute are spread over this long, so that 09:00 is no spike for storage, for us or for Microsoft. */
export const SPREAD_MS = 60_000;

/** At most 16: a tick asks each once. */
export const SHARDS = 16;

/** What a channel's due row is for (rule 15). */
export const dutySchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('schedule'), schedule: scheduleSchema }),
  /** A pause ends at this instant. */
  z.object({ is: z.literal('pause-over'), at: z.number() }),
  /** The dead webhook is tried at `at`, then daily for a week, then weekly. */
  z.object({ is: z.literal('probe'), since: z.number(), at: z.number() }),
]);
export type Duty = z.infer<typeof dutySchema>;

/** A due row, without its keys' encoding. `dueAt` is a whole minute, in milliseconds since 1970. */
export interface DueRow {
  readonly account: string;
  readonly subscriptionId: string;
  readonly dueAt: number;
  readonly revision: number;
  readonly duty: Duty;
}

/** The first minute after `after` in which this duty is due; undefined when there is none. */
export function nextDueAt(duty: Duty, after: number): number | undefined {
  switch (duty.is) {
    case 'schedule':
      return duty.schedule.every === 'now' ? undefined : nextDelivery(duty.schedule satisfies TimedSchedule, after);
    case 'pause-over':
      return upToMinute(duty.at) > after ? upToMinute(duty.at) : undefined;
    case 'probe': {
      // Steps are counted from the first probe, so that whoever computes the next one finds the same minute.
      if (duty.at > after) return upToMinute(duty.at);
      const step = after - duty.since < 7 * DAY ? DAY : 7 * DAY;
      return upToMinute(duty.at + (Math.floor((after - duty.at) / step) + 1) * step);
    }
  }
}

/** The first whole minute at or after an instant. */
export function upToMinute(instant: number): number {
  return Math.ceil(instant / MINUTE) * MINUTE;
}

/** The shard of a subscription: stable, even. */
export function shardOf(subscriptionId: string): string {
  const [byte = 0] = createHash('sha256').update(subscriptionId).digest();
  return (byte % SHARDS).toString(16).padStart(2, '0');
}

/** How long after its minute a subscription's job shows, under a minute: stable, even, and no part of the due time itself. */
export function spreadMs(subscriptionId: string): number {
  const bytes = createHash('sha256').update(subscriptionId).digest();
  return Math.floor((bytes.readUInt16BE(1) * SPREAD_MS) / 65_536); // not the byte that chooses the shard
}

/** The partition of a minute in a shard; sorts by time within the shard. */
export function duePartition(shard: string, dueAt: number): string {
  return `${shard}-${new Date(dueAt).toISOString().slice(0, 16).replace(/[-:]/g, '')}`;
}
