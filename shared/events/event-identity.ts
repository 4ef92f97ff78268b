/** What makes two events the same one: their `source` and `id` (CloudEvents 1.0, "source + id is unique for each distinct event"). */
import { createHash } from 'node:crypto';

/** Bytes of an identity: at 16, a collision among a billion events is less likely than one in 10^20. */
export const IDENTITY_BYTES = 16;

/** The identity of an event: the first 16 bytes of the SHA-256 of its source and id. */
export function identityOf({ source, id }: { readonly source: string; readonly id: string }): Buffer {
  return createHash('sha256').update(`${source.length}:${source}${id}`).digest().subarray(0, IDENTITY_BYTES);
}
