/** Reads what a caller sent: bytes, JSON or a form. */
import type { IncomingMessage } from 'node:http';
import type { Call } from './router.ts';

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** A fault of the caller's, answered with its status and words. */
export class CallerError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The whole body as it came. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new CallerError(413, 'The body is over 8 MiB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A JSON object from the control API. The content type is demanded, so that no other site's form can reach it. */
export async function readJson(call: Call): Promise<Record<string, unknown>> {
  const bytes = await readBytes(call.request);
  if (bytes.length === 0) return {};
  if (!/^application\/json\b/.test(call.request.headers['content-type'] ?? ''))
    throw new CallerError(415, 'Send content-type: application/json.');
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (isRecord(value)) return value;
  } catch {
    // Answered below, as any other body that is no object.
  }
  throw new CallerError(400, 'The body must be a JSON object.');
}

/** The fields of a posted form. */
export async function readForm(call: Call): Promise<URLSearchParams> {
  return new URLSearchParams((await readBytes(call.request)).toString('utf8'));
}

/** True for an object with string keys: what JSON calls an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
