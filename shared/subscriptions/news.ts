/** News of a subscription as its row keeps it, until the product was told. */
import { z } from 'zod';

/** News, as the row keeps it until it is told. `id` is the event's: it says the same each time it is told. */
export const newsSchema = z.object({
  id: z.string(),
  what: z.enum(['created', 'changed', 'paused', 'resumed', 'removed', 'disabled', 'recovered']),
  /** Milliseconds since 1970, on the settable clock. */
  at: z.number(),
  data: z.record(z.string(), z.unknown()),
});
export type News = z.infer<typeof newsSchema>;
