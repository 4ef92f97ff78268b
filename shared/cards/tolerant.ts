/** What senders write though the reference says otherwise, read as what they meant. */
import { z } from 'zod';

/** A boolean, or "true" and "false" in words: Microsoft's own samples have `"isMultiSelect": "false"`. */
export const asBoolean = z.union([
  z.boolean(),
  z
    .string()
    .regex(/^(true|false)$/i, 'true or false')
    .transform((text) => text.toLowerCase() === 'true'),
]);

/** A text, or a number or boolean in its place: Grafana and GitHub send numeric fact values. */
export const asText = z.union([z.string(), z.union([z.number(), z.boolean()]).transform(String)]);
