/** A make-believe product for the tests of buttons: it answers as it is told and keeps what it was sent. */
import { createServer, type Server } from 'node:http';

/** What the product was sent. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What it shall answer. `never` keeps the caller waiting. */
export interface ProductAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const running: Server[] = [];

/** Starts a product on a free port. */
export async function aProduct(answer: ProductAnswer | 'never' = {}) {
  const sent: Sent[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    sent.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    if (answer === 'never') return;
    response.writeHead(answer.status ?? 200, { ...answer.headers }).end(answer.body ?? '');
  });
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, sent };
}

/** Stops what `aProduct` started; for `afterEach`. */
export async function stopProducts(): Promise<void> {
  await Promise.all(
    running.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
}
