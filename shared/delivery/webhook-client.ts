/** Posts cards to webhooks: one keep-alive pool, no redirects, public addresses only, and a sharp eye on what was sent. */

import { lookup } from 'node:dns';
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { z } from 'zod';
import type { Webhook } from '../subscriptions/webhook.ts';
import type { Answer } from './outcome.ts';
import { isPublicAddress } from './public-address.ts';

/** As much of an answer as can mean something. */
const MAX_ANSWER_BYTES = 4 * 1024;
const TIMED_OUT = 'ETIMEDOUT';
const POOL = { keepAlive: true, maxSockets: 256, maxFreeSockets: 64, scheduling: 'lifo' } as const;

/** How a client differs from production's. */
export interface WebhookClientOptions {
  /** Origins that may be on this machine: those of WEBHOOK_HOSTS_EXTRA. */
  readonly localOrigins?: readonly string[];
  /** Resolves names; default: the system's. */
  readonly resolve?: typeof lookup;
  readonly now: () => number;
}

/** Makes the function that posts. It never throws for what the other side does. */
export function createPostCard({ localOrigins = [], resolve = lookup, now }: WebhookClientOptions) {
  const https = new HttpsAgent({ ...POOL, lookup: publicOnly(resolve) });
  const local = new HttpAgent(POOL);

  return function postCard({ url }: Webhook, body: string, timeoutMs: number): Promise<Answer> {
    const { origin, protocol, hostname } = new URL(url);
    const isLocal = localOrigins.includes(origin);
    if (protocol !== 'https:' && !isLocal)
      return Promise.resolve({ is: 'not-sent', reason: 'The webhook is not an https address.' });
    // A socket looks up names only: a number would pass unseen.
    if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 && !isLocal)
      return Promise.resolve({ is: 'not-sent', reason: 'The webhook is a number instead of a name.' });
    const bytes = Buffer.from(body);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'content-length': bytes.length,
      accept: 'application/json, text/plain',
    };
    const options = { method: 'POST', headers };
    return exchange(
      protocol === 'https:'
        ? httpsRequest(url, { ...options, agent: https })
        : httpRequest(url, { ...options, agent: local }),
      { bytes, timeoutMs, now },
    );
  };
}

function exchange(
  request: ClientRequest,
  { bytes, timeoutMs, now }: { bytes: Buffer; timeoutMs: number; now: () => number },
): Promise<Answer> {
  return new Promise((resolve) => {
    let connected = false;
    const deadline = setTimeout(
      () => request.destroy(Object.assign(new Error('no answer in time'), { code: TIMED_OUT })),
      timeoutMs,
    );
    const end = (answer: Answer) => {
      clearTimeout(deadline);
      resolve(answer);
    };
    // Nothing is written before the connection stands; a pooled one stands already.
    request.on('socket', (socket) => {
      if (request.reusedSocket) connected = true;
      else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => (connected = true));
    });
    request.on('error', (error) =>
      end(connected ? { is: 'lost', reason: lostReason(error) } : { is: 'not-sent', reason: notSentReason(error) }),
    );
    request.on('response', (response) => readAnswer(response, now).then(end, (error) => end(unread(response, error))));
    request.end(bytes);
  });
}

async function readAnswer(response: IncomingMessage, now: () => number): Promise<Answer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size >= MAX_ANSWER_BYTES) break; // which destroys the rest
  }
  const body = Buffer.concat(parts).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
  return {
    is: 'answered',
    status: response.statusCode ?? 0,
    body,
    retryAfterMs: retryAfterMs(response.headers['retry-after'], now()),
  };
}

/** A status without its body says enough, but for a 200, which can hide anything. */
function unread(response: IncomingMessage, error: unknown): Answer {
  const status = response.statusCode ?? 0;
  return status === 200 || status === 0
    ? { is: 'lost', reason: lostReason(error) }
    : { is: 'answered', status, body: '' };
}

/** Seconds, or a date. Source: RFC 9110, section 10.2.3. */
function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function lostReason(error: unknown): string {
  return codeOf(error) === TIMED_OUT
    ? 'The webhook did not answer in time.'
    : `The connection ended before an answer came (${codeOf(error)}).`;
}

function notSentReason(error: unknown): string {
  return codeOf(error) === TIMED_OUT
    ? 'The webhook could not be reached in time.'
    : `The webhook could not be reached (${codeOf(error)}).`;
}

/** An error's code, never its message: that can repeat the address. */
function codeOf(error: unknown): string {
  const parsed = z.object({ code: z.string() }).safeParse(error);
  return parsed.success ? parsed.data.code : 'unknown';
}

/** Refuses addresses inside a network at the moment of connecting, so that no later answer of a name server passes. */
function publicOnly(resolve: typeof lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const allowed = addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = allowed;
      if (first === undefined) return callback(Object.assign(new Error('refused'), { code: 'EPRIVATE' }), '', 0);
      if (options.all === true) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
}
