/** What parent and instance tell each other over the IPC channel. */
import { z } from 'zod';

const keys = z.object({
  master: z.string(),
  host: z.string(),
  functions: z.record(z.string(), z.string()).optional(),
});

/** From the parent: run this app, or run a function at once. */
export const fromParent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    appDir: z.string(),
    port: z.number(),
    keys,
    runningMessageHiddenMs: z.number(),
    timerLockSeconds: z.number(),
    graceMs: z.number(),
  }),
  z.object({ kind: z.literal('run'), id: z.number(), name: z.string(), input: z.string() }),
]);
/** A message from the parent. */
export type FromParent = z.infer<typeof fromParent>;

/** From the instance: it listens, it could not start, or a function that was asked for has run. */
export const toParent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), port: z.number(), functions: z.array(z.string()) }),
  z.object({ kind: z.literal('failed'), error: z.string() }),
  z.object({ kind: z.literal('ran'), id: z.number(), error: z.string().optional() }),
]);
/** A message from an instance. */
export type ToParent = z.infer<typeof toParent>;
