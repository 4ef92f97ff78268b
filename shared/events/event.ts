/** An event: something that happened in the product, as a CloudEvents 1.0 object. Shape: docs/for-products.md. */
import { z } from 'zod';
import { severitySchema } from '../subscriptions/severity.ts';

const text = z.string();
const httpUrl = z.string().refine((url) => {
  const parsed = URL.parse?.(url) ?? tryUrl(url);
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
}, 'an http or https address');

function tryUrl(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

/** An input of a product's action; MessageCard's three kinds. */
export const actionInputSchema = z.object({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_$@]+$/, 'letters, digits, _, $ and @ only')
    .refine((id) => id !== '__proto__', 'a name that JavaScript keeps for itself'),
  type: z.enum(['text', 'date', 'choice']),
  title: text.optional(),
  required: z.boolean().optional(),
  multiline: z.boolean().optional(),
  maxLength: z.int().min(1).optional(),
  includeTime: z.boolean().optional(),
  multiSelect: z.boolean().optional(),
  choices: z.array(z.object({ display: text, value: text })).optional(),
  value: text.optional(),
});

/** Clients put values in by the id whatever the case of its letters (docs/microsoft.md, "Inputs"): two such inputs would share one. */
function areToldApart(inputs: readonly { readonly id: string }[]): boolean {
  return new Set(inputs.map(({ id }) => id.toLowerCase())).size === inputs.length;
}

/** A button that the product wants on the card of this event. */
export const eventActionSchema = z.object({
  id: z.string().min(1).max(100),
  title: z.string().min(1),
  inputs: z.array(actionInputSchema).refine(areToldApart, 'two ids differ in the case of letters at most').optional(),
});

const dataSchema = z.object({
  title: z.string().min(1),
  text: text.optional(),
  url: httpUrl.optional(),
  group: text.optional(),
  facts: z
    .array(z.object({ name: text, value: z.union([z.string(), z.number(), z.boolean()]).transform(String) }))
    .optional(),
  image: httpUrl.optional(),
  actions: z.array(eventActionSchema).optional(),
  card: z.record(z.string(), z.unknown()).optional(),
  cut: z.literal(true).optional(), // set by us: the event was over its size and lost its longest parts
});

/** One event. `(source, id)` identifies it; `account`, `scope` and `severity` are extension attributes. */
export const eventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1).max(200),
  time: z.iso.datetime({ offset: true }).optional(),
  subject: text.optional(),
  account: z.string().min(1).max(200),
  scope: z.string().min(1).max(500).optional(),
  severity: severitySchema.default('info'),
  traceparent: z.string().max(100).optional(),
  /** Vendors' part of the trace context; one too long may be left out (W3C Trace Context, section 3.3.1.5). */
  tracestate: z.string().max(512).optional().catch(undefined),
  data: dataSchema,
});

/** One event, checked. */
export type Event = z.infer<typeof eventSchema>;
/** What the product says of it for people. Untrusted text throughout. */
export type EventData = Event['data'];
/** A button the product asked for. */
export type EventAction = z.infer<typeof eventActionSchema>;
