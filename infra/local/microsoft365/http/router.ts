/** A router for node:http: a method, a path with `:names`, and what answers it. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a handler gets. `response` is for the few that answer by themselves: webhooks that reset a connection, event streams. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** What a handler answers. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Answers a call; `undefined` says that it has answered by itself. */
export type Handler = (call: Call) => Promise<Reply | undefined> | Reply | undefined;

/** One line of the map. `ANY` takes every method. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handler: Handler;
}

/** A route: `:name` takes one segment of the path, a last `*` the rest. */
export function route(method: string, path: string, handler: Handler): Route {
  const source = path
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:(\w+)/g, '(?<$1>[^/]+)')
    .replace(/\*$/, '(?<rest>.*)');
  return { method, path: new RegExp(`^${source}$`), handler };
}

/** A plain answer of the given content type. */
export const reply = (status: number, type: string, body: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...headers },
  body,
});

/** JSON as an answer. */
export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Reply =>
  reply(status, 'application/json', JSON.stringify(value), headers);

/** Finds the handler of a call: 404 when no path fits, 405 when the path does and the method does not. */
export function answerer(routes: readonly Route[]): (call: Omit<Call, 'params'>) => Promise<Reply | undefined> {
  return async (call) => {
    let pathFits = false;
    for (const { method, path, handler } of routes) {
      const match = path.exec(call.url.pathname);
      if (match === null) continue;
      pathFits = true;
      if (method !== 'ANY' && method !== call.method && !(method === 'GET' && call.method === 'HEAD')) continue;
      const params = Object.fromEntries(Object.entries(match.groups ?? {}).map(([k, v]) => [k, decode(v)]));
      return await handler({ ...call, params });
    }
    return pathFits ? json(405, { error: 'no such method here' }) : json(404, { error: 'nothing is at this address' });
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
