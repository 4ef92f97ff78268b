/** Queue `digests`: a reason to look at one channel. */
import type { InvocationContext, StorageQueueHandler } from '@azure/functions';
import type { DeadLettersTable } from '../shared/events/dead-letters-table.ts';
import { explain } from '../shared/events/parse-events.ts';
import { unwrapReturned } from '../shared/events/poison.ts';
import { type DigestJob, digestJobSchema } from '../shared/schedules/digest-job.ts';

/** Hands a job on; what is none becomes a dead letter. */
export function createSendDigestHandler(
  send: (job: DigestJob) => Promise<void>,
  deadLetters: Pick<DeadLettersTable, 'put'>,
): StorageQueueHandler {
  return async (body: unknown, context: InvocationContext) => {
    const { message } = unwrapReturned(body);
    const job = digestJobSchema.safeParse(message);
    if (job.success) return send(job.data);
    const messageId = String(context.triggerMetadata?.['id'] ?? context.invocationId);
    await deadLetters.put({
      queue: 'digests',
      messageId,
      position: 0,
      insertedAt: Date.now(),
      reason: explain(job.error),
      payload: JSON.stringify(message) ?? '',
    });
  };
}
