/** Queue `digests`: a reason to look at one channel. */
import type { InvocationContext, StorageQueueHandler } from '@azure/functions';
import type { DeadLettersTable } from '../shared/events/dead-letters-table.ts';
import { explain, fieldOf } from '../shared/events/parse-events.ts';
import { unwrapReturned } from '../shared/events/poison.ts';
import { insertionTime } from '../shared/platform/insertion-time.ts';
import type { Telemetry, Work } from '../shared/platform/telemetry/telemetry.ts';
import { type DigestJob, digestJobSchema } from '../shared/schedules/digest-job.ts';

/** What a job can lead to. */
export interface SendDigestDeps {
  readonly send: (job: DigestJob) => Promise<void>;
  readonly welcome: (job: DigestJob) => Promise<void>;
  readonly notice: (job: Extract<DigestJob, { why: 'notice' }>) => Promise<void>;
  readonly quiet: (job: DigestJob) => Promise<void>;
  readonly resend: (job: Extract<DigestJob, { why: 'resend' }>) => Promise<void>;
  readonly deadLetters: Pick<DeadLettersTable, 'put'>;
  readonly telemetry: Telemetry;
}

/** Hands a job on; what is none becomes a dead letter. */
export function createSendDigestHandler({ deadLetters, telemetry, ...deps }: SendDigestDeps): StorageQueueHandler {
  return async (body: unknown, context: InvocationContext) => {
    const id = String(context.triggerMetadata?.['id'] ?? context.invocationId);
    const message = unwrapReturned({ body, id, insertedAt: insertionTime(context.triggerMetadata, Date.now()) });
    const job = digestJobSchema.safeParse(message.body);
    if (job.success)
      return telemetry.work(
        () => workOf(job.data, id),
        () => handOn(deps, job.data),
      );
    await deadLetters.put({
      queue: 'digests',
      messageId: message.id,
      position: 0,
      insertedAt: message.insertedAt,
      because: 'not-a-job',
      reason: explain(job.error),
      payload: JSON.stringify(message.body) ?? '',
    });
    telemetry.count('tidings.dead-letters', 1, { queue: 'digests', reason: 'not-a-job', field: fieldOf(job.error) });
  };
}

/** Part of the work that put the job; but a tick puts jobs for thousands of channels, each of which is work of its own. */
function workOf(job: DigestJob, messageId: string): Work {
  const { traceparent, tracestate, subscriptionId, why } = job;
  const put = traceparent === undefined ? undefined : { traceparent, tracestate };
  const begun = { name: 'send-digest', kind: 'consumer', ids: { messageId, subscriptionId, why } } as const;
  return 'revision' in job ? { ...begun, links: put === undefined ? [] : [put] } : { ...begun, parent: put };
}

function handOn(
  { send, welcome, notice, quiet, resend }: Omit<SendDigestDeps, 'deadLetters' | 'telemetry'>,
  job: DigestJob,
): Promise<void> {
  switch (job.why) {
    case 'welcome':
      return welcome(job);
    case 'notice':
      return notice(job);
    case 'quiet':
      return quiet(job);
    case 'resend':
      return resend(job);
    default:
      return send(job);
  }
}
