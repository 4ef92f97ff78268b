/** A server on 127.0.0.1 that can be stopped without cutting an answer short. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Listener } from './listener.ts';

/** A listening server. */
export interface HttpServer extends Listener {
  readonly port: number;
}

/**
 * Listens on `port`, 0 for a free one.
 * @throws Error when the port is taken.
 */
export async function startHttpServer(
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<HttpServer> {
  const open = new Set<ServerResponse>();
  let allClosed = () => {};
  const server = createServer((request, response) => {
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      if (open.size === 0) allClosed();
    });
    // Fails only when the caller went away half-way through its request.
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async stop() {
      server.close();
      if (open.size > 0) {
        await new Promise<void>((resolve) => {
          allClosed = resolve;
        });
      }
      server.closeAllConnections();
    },
  };
}
