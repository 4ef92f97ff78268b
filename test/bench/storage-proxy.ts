/** Stands before Azurite and counts what goes over the wire, whoever sends it: the product, the host, an SDK's retry. */
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Azurite } from '../../infra/local/azurite.ts';
import type { Counts } from './counts.ts';
import { kindOf, type Service } from './operations.ts';

/** A request as it is passed on. */
export interface SeenRequest {
  readonly service: Service;
  readonly method: string;
  readonly url: string;
  readonly body: Buffer;
  /** What Azurite answered; undefined where no answer came. */
  readonly answered: Promise<{ readonly status: number; readonly body: Buffer } | undefined>;
}

/** A running proxy. */
export interface StorageProxy {
  /** As Azurite's own, but through here. */
  readonly connectionString: string;
  /** What was counted since the last call, and from zero again. */
  take(): Counts;
  /** How many operations of one kind there were since the last `take`. */
  count(kind: string): number;
  stop(): Promise<void>;
}

/** These belong to one connection and not to the message. Source: RFC 9110, section 7.6.1. */
const OF_THE_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding'];

/** Starts a proxy on a free port for each of Azurite's services; `see` gets every request as it is passed on. */
export async function startStorageProxy(
  { connectionString, ports }: Pick<Azurite, 'connectionString' | 'ports'>,
  see: (request: SeenRequest) => void = () => {},
): Promise<StorageProxy> {
  let counts = new Map<string, number>();
  const agent = new Agent({ keepAlive: true, maxSockets: 512 });
  const services: readonly Service[] = ['blob', 'queue', 'table'];
  const servers = await Promise.all(services.map((service) => listen((...at) => pass(service, ...at))));

  async function pass(service: Service, from: IncomingMessage, to: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = from;
    const body = await buffer(from);
    const upstream = request({ agent, host: '127.0.0.1', port: ports[service], method, path: url, headers });
    const arriving = new Promise<IncomingMessage>((resolve, reject) => {
      upstream.once('response', resolve).once('error', reject);
    });
    upstream.end(body);
    const answering = arriving.then(async (answer) => ({ answer, bytes: await buffer(answer) }));
    see({
      ...{ service, method, url, body },
      answered: answering.then(
        ({ answer: { statusCode = 0 }, bytes }) => ({ status: statusCode, body: bytes }),
        () => undefined,
      ),
    });
    const { answer, bytes } = await answering;
    const kind = kindOf({ service, method, url, body: peek(body), answer: peek(bytes) });
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    to.writeHead(answer.statusCode ?? 502, withoutConnection(answer.rawHeaders)).end(bytes);
  }

  return {
    connectionString: services.reduce(
      (text, service, index) => text.replace(`127.0.0.1:${ports[service]}`, `127.0.0.1:${portOf(servers[index])}`),
      connectionString,
    ),
    take() {
      const taken = counts;
      counts = new Map();
      return taken;
    },
    count: (kind) => counts.get(kind) ?? 0,
    async stop() {
      agent.destroy();
      await Promise.all(servers.map(close));
    },
  };
}

async function listen(pass: (from: IncomingMessage, to: ServerResponse) => Promise<void>): Promise<Server> {
  // Where Azurite did not answer, neither do we: the SDK tries again.
  const server = createServer((from, to) => pass(from, to).catch(() => from.socket.destroy()));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return server;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

function portOf(server: Server | undefined): number {
  const address = server?.address() as AddressInfo | undefined;
  return address?.port ?? 0;
}

/** Enough of a body to tell what it is. */
function peek(bytes: Buffer): string {
  return bytes.toString('latin1', 0, 2_048);
}

function withoutConnection(raw: readonly string[]): string[] {
  return raw.filter((_, index) => !OF_THE_CONNECTION.includes(String(raw[index - (index % 2)]).toLowerCase()));
}
