/** What makes two events the same one: their `source` and `id` (CloudEvents 1.0, "source + id is unique for each distinct event"). */
import crypto, { createHash } from 'node:crypto';

/** Bytes of an identity: at 16, a collision among a billion events is less likely than one in 10^20. */
export const IDENTITY_BYTES = 16;

/** The identity of an event: the first 16 bytes of the SHA-256 of its source and id. */
export function identityOf({ source, id }: { readonly source: string; readonly id: string }): Buffer {
  return Buffer.from(sha256(`${source.length}:${source}${id}`), 'latin1').subarray(0, IDENTITY_BYTES);
}

/** A byte a character. In one call where Node.js has it (20.12; ours begins at 20.11): a third of the time, which every event pays. */
const sha256: (text: string) => string =
  typeof crypto.hash === 'function'
    ? (text) => crypto.hash('sha256', text, 'binary')
    : (text) => createHash('sha256').update(text).digest('binary');
