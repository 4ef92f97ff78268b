/** Reading requests and writing answers: JSON, and Key Vault's error bodies. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';
import { badParameter, VaultError } from './vault-error.ts';

const MAX_BODY_BYTES = 1024 * 1024;

/** An answer about to be sent. */
export interface HttpAnswer {
  readonly status: number;
  readonly body?: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The request's JSON; undefined when there is no body. @throws VaultError when it is not JSON, or not said to be. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw badParameter('The request body is too long.');
  }
  if (size === 0) return undefined;
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw badParameter('The Content-Type header must be application/json.');
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw badParameter('The request body is not JSON.');
  }
}

/** Sends an answer; the connection may be gone. */
export function send(response: ServerResponse, { status, body, headers = {} }: HttpAnswer): void {
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'x-ms-keyvault-region': 'local',
    ...headers,
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** The answer for a fault switched on, for a refusal, or for a failure of our own. */
export function refusal(reason: unknown): HttpAnswer {
  if (reason instanceof VaultError) return { status: reason.status, body: reason.body() };
  if (isFault(reason) && reason.is === 'throttled') {
    const message =
      'Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached';
    const headers = { 'retry-after': String(reason.retryAfterSeconds) };
    return { status: 429, body: { error: { code: 'Throttled', message } }, headers };
  }
  if (isFault(reason) && reason.is === 'forbidden') {
    const error = { code: 'Forbidden', message: 'Caller is not authorized to perform action on resource.' };
    return { status: 403, body: { error: { ...error, innererror: { code: reason.because } } } };
  }
  const status = isFault(reason) && reason.is === 'failing' ? reason.status : 500;
  const code = status === 503 ? 'ServiceUnavailable' : 'InternalServerError';
  return { status, body: { error: { code, message: 'The service failed to answer the request.' } } };
}

function isFault(reason: unknown): reason is Fault {
  return typeof reason === 'object' && reason !== null && 'is' in reason;
}
