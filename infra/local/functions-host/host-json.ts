/** `host.json`: what of it this host keeps to, with the defaults of Azure. */
import { z } from 'zod';

const MS = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000 };

/** A .NET TimeSpan, `[d.]hh:mm:ss[.fff]`, in milliseconds. */
const timeSpan = z.string().transform((text, context) => {
  const [, days = '0', hours, minutes, seconds] =
    /^(?:(\d+)\.)?(\d{1,2}):([0-5]?\d):([0-5]?\d(?:\.\d{1,7})?)$/.exec(text) ?? [];
  if (hours !== undefined && Number(hours) < 24) {
    return Number(days) * MS.day + Number(hours) * MS.hour + Number(minutes) * MS.minute + Number(seconds) * MS.second;
  }
  context.addIssue(`a time span such as 00:00:30, not "${text}"`);
  return z.NEVER;
});

const LEVELS = ['Trace', 'Debug', 'Information', 'Warning', 'Error', 'Critical', 'None'] as const;

// Defaults: https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue#host-json
const queues = z
  .object({
    maxPollingInterval: timeSpan.prefault('00:01:00'),
    visibilityTimeout: timeSpan.prefault('00:00:00'),
    batchSize: z.number().int().min(1).max(32).default(16),
    maxDequeueCount: z.number().int().min(1).default(5),
    newBatchThreshold: z.number().int().min(0).optional(),
    messageEncoding: z.enum(['base64', 'none']).default('base64'),
  })
  .transform((given) => ({ ...given, newBatchThreshold: given.newBatchThreshold ?? Math.floor(given.batchSize / 2) }));

const schema = z.object({
  version: z.literal('2.0'),
  extensions: z
    .object({
      http: z.object({ routePrefix: z.string().default('api') }).prefault({}),
      queues: queues.prefault({}),
    })
    .prefault({}),
  logging: z
    .object({ logLevel: z.object({ default: z.enum(LEVELS).default('Information') }).prefault({}) })
    .prefault({}),
});

/** The settings of the host, parsed. Times are in milliseconds. */
export interface HostJson {
  readonly routePrefix: string;
  readonly queues: z.infer<typeof queues>;
  readonly logLevel: (typeof LEVELS)[number];
}

/**
 * Parses the text of a `host.json`.
 * @throws Error that lists every fault.
 */
export function parseHostJson(text: string): HostJson {
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`host.json is not usable:\n${z.prettifyError(parsed.error)}`);
  const { extensions, logging } = parsed.data;
  return { routePrefix: extensions.http.routePrefix, queues: extensions.queues, logLevel: logging.logLevel.default };
}
