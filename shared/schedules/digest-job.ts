/** A job on the `digests` queue: a reason to look at one channel (protocol rule 2). It carries ids, never payloads or secrets. */
import { z } from 'zod';

/** Version of the jobs put; readers accept every earlier one. */
export const JOB_VERSION = 1;

/** From a due row: the job of another revision deletes that row and, if it was inserted already, the one after it (rule 4). */
const row = { dueAt: z.number(), nextDueAt: z.number().optional(), revision: z.int() };
const target = {
  version: z.literal(JOB_VERSION),
  account: z.string(),
  subscriptionId: z.string(),
  hiddenUntil: z.number().optional(),
  /** W3C trace context of what put it. */
  traceparent: z.string().optional(),
  tracestate: z.string().optional(),
};

/** The jobs by why they were put. Times are milliseconds since 1970; `hiddenUntil` is the machine's own wall clock. */
export const digestJobSchema = z.discriminatedUnion('why', [
  /** Something may have to be done: events came, a hidden job shows, something was left. */
  z.object({ ...target, why: z.literal('look') }),
  /** An event at or above the urgent severity came. */
  z.object({ ...target, why: z.literal('urgent') }),
  /** A due row's minute came; a job of another revision starts nothing (rule 4). */
  z.object({ ...target, why: z.literal('due'), ...row }),
  /** A pause is over. */
  z.object({ ...target, why: z.literal('pause-over'), ...row }),
  /** A disabled channel's webhook is tried again. */
  z.object({ ...target, why: z.literal('probe'), ...row }),
  /** The next attempt of a digest. */
  z.object({ ...target, why: z.literal('retry'), digestId: z.string(), attempt: z.int() }),
  /** A new channel is greeted. */
  z.object({ ...target, why: z.literal('welcome') }),
  /** Another channel of the same owner, `about`, was disabled at `since`: this one gets a notice, once. */
  z.object({ ...target, why: z.literal('notice'), about: z.string(), since: z.number() }),
  /** Nothing was posted to this workflow for long: it gets a card that says so. */
  z.object({ ...target, why: z.literal('quiet') }),
  /** An operator wants the card of a digest posted again; `wish` tells one wish from another. */
  z.object({ ...target, why: z.literal('resend'), digestId: z.string(), wish: z.string(), askedAt: z.number() }),
  /** The owner wants now what waits. */
  z.object({ ...target, why: z.literal('send-now') }),
  /** Resumed, or another webhook: waits are over. */
  z.object({ ...target, why: z.literal('changed') }),
]);

/** One job. */
export type DigestJob = z.infer<typeof digestJobSchema>;
/** A job without what every job has. */
export type JobReason = DigestJob extends infer Job
  ? Job extends DigestJob
    ? Omit<Job, 'version' | 'account' | 'subscriptionId' | 'hiddenUntil' | 'traceparent' | 'tracestate'>
    : never
  : never;

/** The channel a job is for. */
export interface Channel {
  readonly account: string;
  readonly subscriptionId: string;
}

/** Makes a job for a channel. */
export function digestJob({ account, subscriptionId }: Channel, reason: JobReason): DigestJob {
  return digestJobSchema.parse({ version: JOB_VERSION, account, subscriptionId, ...reason });
}
