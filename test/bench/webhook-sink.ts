/** A webhook that answers at once, and knows how many cards came to each address. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running sink. Every path is a webhook. */
export interface WebhookSink {
  readonly origin: string;
  /** Cards so far, by path. */
  readonly cards: ReadonlyMap<string, number>;
  /** What is said to a GET, as JSON, by path; the app looks for keys of issuers here. */
  readonly pages: Map<string, string>;
  /** Cards so far. */
  total(): number;
  /** Resolves when the next card comes, with its path and when it came (`performance.now`). */
  next(): Promise<{ readonly path: string; readonly at: number }>;
  stop(): Promise<void>;
}

/** Starts it on a free port. It says what a connector says of a card it took: `1`. */
export async function startWebhookSink(): Promise<WebhookSink> {
  const cards = new Map<string, number>();
  const pages = new Map<string, string>();
  let told: ((card: { path: string; at: number }) => void)[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    if (request.method !== 'POST') {
      const page = pages.get(request.url ?? '/');
      return void response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(page);
    }
    const at = performance.now();
    const path = request.url ?? '/';
    request.resume().once('end', () => {
      count += 1;
      cards.set(path, (cards.get(path) ?? 0) + 1);
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 1 }).end('1');
      for (const tell of told.splice(0)) tell({ path, at });
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cards,
    pages,
    total: () => count,
    next: () =>
      new Promise((resolve) => {
        told = [...told, resolve];
      }),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
