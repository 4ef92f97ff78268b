/** HTTP triggers: finds the function of a route, checks the key, runs it, answers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { RegisteredFunction } from './core-module.ts';
import { type AuthLevel, type FunctionKeys, isAllowed, keyOf } from './function-keys.ts';
import { sendAnswer, toRpcRequest } from './http-rpc.ts';
import { type Invoke, triggerOf } from './invoke.ts';
import { parseRoute, type RouteTemplate } from './route-template.ts';

const httpTrigger = z.object({
  route: z.string().optional(),
  methods: z.array(z.string().toUpperCase()),
  authLevel: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['anonymous', 'function', 'admin'])),
});

/** A function with its route. */
interface Endpoint {
  readonly fn: RegisteredFunction;
  readonly template: RouteTemplate;
  readonly methods: readonly string[];
  readonly authLevel: AuthLevel;
}

/** What the listener needs. */
export interface HttpListenerOptions {
  readonly functions: readonly RegisteredFunction[];
  readonly routePrefix: string;
  readonly keys: FunctionKeys;
  readonly invoke: Invoke;
  /** Answers `/admin/…` when the master key was given. */
  readonly admin: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;
}

// Kestrel's limit in the Functions host: 100 MB.
const MAX_BODY_BYTES = 104_857_600;

/**
 * A request listener for `node:http`.
 * @throws Error for a route that the host does not allow or know.
 */
export function createHttpListener({ functions, routePrefix, keys, invoke, admin }: HttpListenerOptions) {
  const endpoints = functions
    .map((fn) => toEndpoint(fn, routePrefix))
    .sort((a, b) => (a.template.precedence < b.template.precedence ? -1 : 1));

  return async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = urlOf(request);
    if (url === undefined) return sendEmpty(response, 400);
    const key = keyOf(request.headers, url.searchParams);
    if (url.pathname.startsWith('/admin/')) {
      if (!isAllowed(keys, { level: 'admin', functionName: '', key })) return sendEmpty(response, 401);
      return admin(request, response, url.pathname);
    }
    const found = find(request.method ?? '', url.pathname);
    // A method that no route takes is a 404, not a 405, HEAD too (azure-functions-host #10098, #11625). Without a
    // function at "/" the host answers for itself there: 204, its home page being off.
    if (found === undefined) return sendEmpty(response, url.pathname === '/' ? 204 : 404);
    const { endpoint, params } = found;
    const functionName = endpoint.fn.metadata.name;
    if (!isAllowed(keys, { level: endpoint.authLevel, functionName, key })) return sendEmpty(response, 401);
    const body = await readBody(request);
    if (body === undefined) return sendEmpty(response, 413);
    try {
      const result = await invoke(endpoint.fn, {
        data: { http: toRpcRequest({ request, url, params, body }) },
        traceParent: request.headersDistinct['traceparent']?.[0],
        traceState: request.headersDistinct['tracestate']?.[0],
      });
      sendAnswer(response, result.returnValue?.http ?? undefined);
    } catch {
      // Already logged; the caller learns nothing about it.
      if (response.headersSent) response.destroy();
      else sendEmpty(response, 500);
    }
  };

  function find(method: string, path: string) {
    for (const endpoint of endpoints) {
      const params = endpoint.methods.includes(method) ? endpoint.template.match(path) : undefined;
      if (params !== undefined) return { endpoint, params };
    }
    return undefined;
  }
}

function toEndpoint(fn: RegisteredFunction, routePrefix: string): Endpoint {
  const { route, methods, authLevel } = httpTrigger.parse(triggerOf(fn).binding);
  const path = [routePrefix, route ?? fn.metadata.name].filter((part) => part !== '').join('/');
  if (/^(admin|runtime)(\/|$)/i.test(path)) {
    throw new Error(`Function "${fn.metadata.name}": the route "${path}" conflicts with the host's own routes`);
  }
  return { fn, template: parseRoute(path), methods, authLevel };
}

function urlOf(request: IncomingMessage): URL | undefined {
  const origin = `http://${request.headers.host ?? 'localhost'}`;
  const target = request.url ?? '/';
  return target.startsWith('/') && URL.canParse(origin + target) ? new URL(origin + target) : undefined;
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > MAX_BODY_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Answers with a status and nothing else. */
export function sendEmpty(response: ServerResponse, status: number): void {
  response.writeHead(status, status === 204 ? {} : { 'content-length': 0 }).end();
}
