/** The listener: plain HTTP on both loopback addresses, so that `localhost` reaches it whichever one a client tries. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CallerError } from './body.ts';
import { type Call, json, type Reply } from './router.ts';

/** A running listener. */
export interface Listener {
  readonly port: number;
  stop(): Promise<void>;
}

type Answer = (call: Omit<Call, 'params'>) => Promise<Reply | undefined>;

/** Only names of this machine: a page elsewhere that rebinds its name to loopback is turned away. */
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Starts listening; port 0 takes a free one. */
export async function listen(port: number, answer: Answer): Promise<Listener> {
  const working = new Set<Promise<void>>();
  const onCall = (request: IncomingMessage, response: ServerResponse) => {
    const work = serve(request, response, answer).finally(() => working.delete(work));
    working.add(work);
  };
  const first = await open('127.0.0.1', port, onCall);
  const taken = portOf(first);
  const servers = [first];
  // No IPv6 on this machine: clients fall back to 127.0.0.1 by themselves.
  const second = await open('::1', taken, onCall).catch(() => undefined);
  if (second !== undefined) servers.push(second);
  const stop = async () => {
    await Promise.all(servers.map(close));
    await Promise.all(working); // what was held back notices that its sender has gone, and is recorded so
  };
  return { port: taken, stop };
}

async function serve(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  try {
    if (!LOCAL_HOST.test(request.headers.host ?? '')) return send(response, json(421, { error: 'ask for localhost' }));
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const reply = await answer({ method: request.method ?? 'GET', url, request, response });
    if (reply !== undefined) send(response, reply);
  } catch (error) {
    if (error instanceof CallerError) return send(response, json(error.status, { error: error.message }));
    if (response.destroyed) return; // the client went away while we read or answered
    console.error('the local Microsoft 365 failed on', request.method, request.url?.split('?')[0], error);
    send(response, json(500, { error: 'the stand-in failed; see its log' }));
  }
}

function send(response: ServerResponse, reply: Reply): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(reply.status, { ...reply.headers });
  response.end(reply.body);
}

function open(host: string, port: number, onCall: (q: IncomingMessage, s: ServerResponse) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ keepAliveTimeout: 30_000 }, onCall);
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: host === '::1' }, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
