/** An operator wants a digest to arrive: what that takes depends on where the digest stands. Only jobs are put; nothing is written. */
import { type DigestRecord, digestIdOf } from '../digests/digest.ts';
import type { Clock } from '../platform/clock.ts';
import { LINKS_MS } from '../platform/retention.ts';
import { digestJob } from '../schedules/digest-job.ts';
import type { DigestsQueue } from '../schedules/digests-queue.ts';
import type { Subscription } from '../subscriptions/subscription.ts';

/** What asking needs. `newWish`: an id, by which a job seen twice is known. */
export interface AskResendDeps {
  readonly jobs: DigestsQueue;
  readonly clock: Pick<Clock, 'now'>;
  readonly newWish: () => string;
}

/**
 * | the digest | what happens |
 * |---|---|
 * | is out, as far as anybody knows | `posted again`: its card, a second time |
 * | waits for its next attempt | `tried now`: the wait is over, and its retries begin anew |
 * | was returned | `sent with what waits`: its events are in the inbox again, and all that waits there goes out now |
 * | is of a channel that is paused or disabled | `asleep`: nothing |
 * | is out, and its events are kept no more | `kept no more`: nothing |
 */
export type Asked = 'posted again' | 'tried now' | 'sent with what waits' | 'asleep' | 'kept no more';

/** Asks for one digest of a subscription. */
export function createAskResend({ jobs, clock, newWish }: AskResendDeps) {
  return async function askResend({ account, id, state }: Subscription, record: DigestRecord): Promise<Asked> {
    if (state.is !== 'active') return 'asleep';
    const channel = { account, subscriptionId: id };
    switch (record.state) {
      case 'frozen':
        await jobs.put(digestJob(channel, { why: 'changed' }));
        return 'tried now';
      case 'returned':
        await jobs.put(digestJob(channel, { why: 'send-now' }));
        return 'sent with what waits';
      case 'delivered':
      case 'accepted': {
        if (record.count === 0 || record.frozenAt < clock.now() - LINKS_MS) return 'kept no more';
        const digestId = digestIdOf(id, record.sequence);
        await jobs.put(digestJob(channel, { why: 'resend', digestId, wish: newWish(), askedAt: clock.now() }));
        return 'posted again';
      }
    }
  };
}
