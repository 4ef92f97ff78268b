/** An answer that was given: who did what to which event, as it is stored and told. */
import { z } from 'zod';
import { ownChangeSchema } from './own-action.ts';

/** What somebody filled in: text, a date, a choice, or several choices. */
export const inputsSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
export type Inputs = z.infer<typeof inputsSchema>;

/** Who acted, as Entra says; `name` is for people to read. */
export const actorSchema = z.object({ tid: z.string(), oid: z.string(), name: z.string().optional() });

/** One answer. Without `event` it is one of the connector's own. */
export const actSchema = z.object({
  account: z.string(),
  subscriptionId: z.string(),
  digest: z.string(),
  event: z
    .object({
      source: z.string(),
      id: z.string(),
      type: z.string(),
      title: z.string(),
      subject: z.string().optional(),
      scope: z.string().optional(),
      traceparent: z.string().optional(),
      tracestate: z.string().optional(),
    })
    .optional(),
  action: z.object({ id: z.string(), title: z.string() }),
  inputs: inputsSchema,
  /** What one of the connector's own changes. */
  own: ownChangeSchema.optional(),
  /** Null: anyone with the link may have been it. */
  actor: actorSchema.nullable(),
  via: z.enum(['card', 'link']),
  /** Milliseconds since 1970. */
  at: z.number(),
});
export type Act = z.infer<typeof actSchema>;
