/** The host's admin endpoints, and running a function by name at once. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { DequeuedMessageItem } from '@azure/storage-queue';
import { z } from 'zod';
import type { RegisteredFunction } from './core-module.ts';
import { sendEmpty } from './http-listener.ts';
import { type Invoke, type TriggerInput, triggerOf } from './invoke.ts';
import { toQueueInput } from './queue-message.ts';
import { toTimerInput } from './timer-listener.ts';

/**
 * Runs a function by name with the given input, past its schedule, queue and locks; resolves when it has run.
 * Rejects with what it threw, and when there is no such function or it has an HTTP trigger.
 */
export type RunNow = (name: string, input?: string) => Promise<void>;

/** Makes `runNow` over the app's functions, disabled ones too, as in Azure. */
export function createRunNow(functions: ReadonlyMap<string, RegisteredFunction>, invoke: Invoke): RunNow {
  return async function runNow(name, input = '') {
    const fn = functions.get(name);
    if (fn === undefined) throw new Error(`There is no function "${name}"`);
    await invoke(fn, inputFor(fn, input));
  };
}

function inputFor(fn: RegisteredFunction, input: string): TriggerInput {
  const { type } = triggerOf(fn);
  if (type === 'timertrigger') return toTimerInput(undefined, false);
  if (type === 'queuetrigger') return toQueueInput(messageOf(input), input);
  throw new Error(`Function "${fn.metadata.name}" is called by its route`);
}

/** A message that was never on a queue. */
function messageOf(messageText: string): DequeuedMessageItem {
  const [now, later] = [new Date(), new Date(Date.now() + 7 * 86_400_000)];
  const times = { insertedOn: now, nextVisibleOn: now, expiresOn: later };
  return { messageId: '', popReceipt: '', dequeueCount: 1, messageText, ...times };
}

const order = z.object({ input: z.string().default('') });

/** Answers below `/admin/`; the caller has shown the master key. */
export function createAdmin(functions: ReadonlyMap<string, RegisteredFunction>, runNow: RunNow) {
  return async function answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (request.method === 'GET' && path === '/admin/host/status') return sendJson(response, { state: 'Running' });
    if (request.method === 'GET' && path === '/admin/functions') {
      return sendJson(
        response,
        [...functions.values()].map((fn) => ({
          name: fn.metadata.name,
          config: { bindings: [triggerOf(fn).binding] },
        })),
      );
    }
    // https://learn.microsoft.com/azure/azure-functions/functions-manually-run-non-http
    const [, name] = /^\/admin\/functions\/([^/]+)$/.exec(path) ?? [];
    const fn = name === undefined ? undefined : functions.get(decodeURIComponent(name));
    if (request.method !== 'POST' || fn === undefined) return sendEmpty(response, 404);
    const body = await text(request);
    const parsed = order.safeParse(body === '' ? {} : parseJson(body));
    if (!parsed.success || triggerOf(fn).type === 'httptrigger') return sendEmpty(response, 400);
    runNow(fn.metadata.name, parsed.data.input).catch(() => {}); // logged; the caller does not wait
    sendEmpty(response, 202);
  };
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
