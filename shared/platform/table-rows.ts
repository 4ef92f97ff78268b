/** What every table of ours shares: safe keys, error statuses, and writes that meet themselves (protocol rule 20). */
import { createHash, randomBytes } from 'node:crypto';

/** Azure allows keys of 1 KiB of UTF-16; half of it leaves room for what a table adds. */
const MAX_KEY_CHARS = 256;

/**
 * A table key made from foreign text: `/ \ # ?`, control characters and all else unsafe become `=XX` bytes; overlong keys
 * become a hash. Distinct texts give distinct keys. Source: "Understanding the Table service data model", Microsoft Learn.
 */
export function encodeKey(text: string): string {
  const encoded = text.replace(/[^A-Za-z0-9._-]/gu, (char) =>
    [...Buffer.from(char)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
  if (encoded.length <= MAX_KEY_CHARS) return encoded;
  return `=h${createHash('sha256').update(text).digest('base64url')}`; // "=h" is no encoded byte
}

/** A fresh 96-bit nonce, by which a write recognises itself. */
export function newNonce(): string {
  return randomBytes(12).toString('base64url');
}

/** The HTTP status of a storage error; undefined when there was no answer. */
export function storageStatus(error: unknown): number | undefined {
  const status: unknown =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** True when a conditional write or an insert found the row other than expected. */
export function isConflict(error: unknown): boolean {
  const status = storageStatus(error);
  return status === 409 || status === 412;
}

/** True when the row is not there. */
export function isMissing(error: unknown): boolean {
  return storageStatus(error) === 404;
}

/** Runs `read`; undefined when the row is not there. */
export async function orUndefined<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** What became of a conditional write: `row` is what stands there instead when it was refused. */
export type Written<Row> =
  | { readonly done: true; readonly etag: string }
  | { readonly done: false; readonly row: Row | undefined };

/**
 * A conditional write. The SDK retries a write whose answer was lost and then meets it as a 409 or 412: the row is read
 * back, and one that carries this write's nonce was written.
 */
export async function writeConfirmed<Row extends { readonly nonce?: string | undefined; readonly etag: string }>(
  nonce: string,
  write: () => Promise<{ etag?: string | undefined }>,
  readBack: () => Promise<Row | undefined>,
): Promise<Written<Row>> {
  try {
    const { etag } = await write();
    if (etag !== undefined) return { done: true, etag };
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
  const row = await readBack();
  return row?.nonce === nonce ? { done: true, etag: row.etag } : { done: false, row };
}

/** Runs `work` with a signal that aborts it after `ms`. The timer ends with the work: `AbortSignal.timeout` would keep one for each write. */
export async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), ms).unref();
  try {
    return await work(deadline.signal);
  } finally {
    clearTimeout(timer);
  }
}
