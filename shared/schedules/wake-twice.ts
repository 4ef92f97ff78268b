/** Wakes a channel for a change that caches do not know yet: once when they do, and once now (protocol rule 15). */
import { type Channel, digestJob } from './digest-job.ts';
import type { DigestsQueue } from './digests-queue.ts';

/** Caches of subscriptions are up to 5 s old; what they decided may take as long again to be stored. */
const CACHES_KNOW_MS = 15_000;

/** Puts the later job. Put before the change is written too, it wakes the channel where whoever changes it stops after that. */
export async function wakeOnceCachesKnow(jobs: DigestsQueue, channel: Channel): Promise<void> {
  await jobs.put(digestJob(channel, { why: 'changed' }), CACHES_KNOW_MS);
}

/** Puts the job that shows at once, for after the change. */
export async function wakeNow(jobs: DigestsQueue, channel: Channel): Promise<void> {
  await jobs.put(digestJob(channel, { why: 'changed' }));
}
