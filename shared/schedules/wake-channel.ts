/** Wakes a channel for events that just came: at once, or a little later where one wake serves many (protocol rule 5). */
import type { Clock } from '../platform/clock.ts';
import { type Channel, digestJob } from './digest-job.ts';
import type { DigestsQueue } from './digests-queue.ts';

/** Wakes of one process for one channel are at least this far apart. */
const APART_MS = 5_000;
/** A hidden job is relied on only while it is at least this far from showing. */
const RELIABLE_MS = 1_000;
/** Channels remembered before those long quiet are forgotten. */
const MAX_REMEMBERED = 10_000;

/**
 * Puts a job at once, or hidden for 5 s if this process put one within the last 5 s, or none while such a hidden one is at
 * least 1 s from showing. Times are elapsed ones, counted from before the put, so that a slow put is no reason to rely on it.
 */
export function createWakeChannel(jobs: DigestsQueue, clock: Pick<Clock, 'elapsed'>) {
  const remembered = new Map<
    string,
    { readonly putAt: number; readonly showsAt: number; readonly put: Promise<void> }
  >();

  return async function wakeChannel(channel: Channel, why: 'look' | 'urgent'): Promise<void> {
    const now = clock.elapsed();
    const key = `${channel.subscriptionId} ${why}`;
    const last = remembered.get(key);
    if (last !== undefined && last.showsAt - now >= RELIABLE_MS) return last.put; // it may still fail: then so do we
    const hiddenForMs = last !== undefined && now - last.putAt < APART_MS ? APART_MS : 0;
    if (remembered.size >= MAX_REMEMBERED) forgetQuiet(now);
    const put = jobs.put(digestJob(channel, { why }), hiddenForMs);
    remembered.set(key, { putAt: now, showsAt: now + hiddenForMs, put });
    try {
      await put;
    } catch (error) {
      remembered.delete(key);
      throw error;
    }
  };

  function forgetQuiet(now: number): void {
    for (const [key, { showsAt }] of remembered) if (now - showsAt > APART_MS) remembered.delete(key);
  }
}
