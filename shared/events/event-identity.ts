/** What makes two events the same one: their `source` and `id` (CloudEvents 1.0, "source + id is unique for each distinct event"). */
import crypto, { createHash } from 'node:crypto';

/** Bytes of an identity: at 16, a collision among a billion events is less likely than one in 10^20. */
export const IDENTITY_BYTES = 16;

/** The identity of an event: the first 16 bytes of the SHA-256 of its source and id. */
export function identityOf({ source, id }: { readonly source: string; readonly id: string }): Buffer {
  return Buffer.from(sha256(`${source.length}:${source}${id}`), 'latin1').subarray(0, IDENTITY_BYTES);
}

/** The position of an event among the identities of a page or a record; undefined when it is not among them. */
export function positionOf(identity: Uint8Array, { buffer, byteOffset, byteLength }: Uint8Array): number | undefined {
  if (identity.length !== IDENTITY_BYTES) return undefined;
  const all = Buffer.from(buffer, byteOffset, byteLength);
  for (let at = all.indexOf(identity); at >= 0; at = all.indexOf(identity, at + 1))
    if (at % IDENTITY_BYTES === 0) return at / IDENTITY_BYTES;
  return undefined;
}

/** A byte a character. In one call where Node.js has it (20.12; ours begins at 20.11): a third of the time, which every event pays. */
const sha256: (text: string) => string =
  typeof crypto.hash === 'function'
    ? (text) => crypto.hash('sha256', text, 'binary')
    : (text) => createHash('sha256').update(text).digest('binary');
