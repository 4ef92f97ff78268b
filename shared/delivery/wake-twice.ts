/** After a change that caches do not know yet: a job now, and one when they do (protocol rule 15). */
import { type Channel, digestJob } from '../schedules/digest-job.ts';
import type { DigestsQueue } from '../schedules/digests-queue.ts';

/** Caches of subscriptions are up to 5 s old; what they decided may take as long again to be stored. */
const CACHES_KNOW_MS = 15_000;

/** Puts both jobs. */
export async function wakeTwice(jobs: DigestsQueue, channel: Channel): Promise<void> {
  await jobs.put(digestJob(channel, { why: 'changed' }));
  await jobs.put(digestJob(channel, { why: 'changed' }), CACHES_KNOW_MS);
}
