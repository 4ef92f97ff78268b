/** After a change that caches do not know yet: a job now, and one when they do (protocol rule 15). */
import type { Channel } from '../schedules/digest-job.ts';
import type { DigestsQueue } from '../schedules/digests-queue.ts';
import { wakeNow, wakeOnceCachesKnow } from '../schedules/wake-twice.ts';

/** Puts both jobs. */
export async function wakeTwice(jobs: DigestsQueue, channel: Channel): Promise<void> {
  await wakeNow(jobs, channel);
  await wakeOnceCachesKnow(jobs, channel);
}
