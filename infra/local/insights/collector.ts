/** A collector of telemetry on this machine: takes what an exporter sends to Application Insights and keeps it as tables. */
import { mkdir } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { openCertificate } from '../key-vault/certificate.ts';
import { INSIGHTS_TABLES, type InsightsRow, type InsightsTable, rowOf } from './tables.ts';

/** Rows kept of each table: the newest. */
const MAX_ROWS = 100_000;
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** How to start it: `dir` has the certificate that clients must trust; `port` 0 takes a free one. */
export interface CollectorOptions {
  readonly dir: string;
  readonly port?: number;
}

/** A running collector. */
export interface Collector {
  readonly url: string;
  /** What stands in `APPLICATIONINSIGHTS_CONNECTION_STRING`. */
  readonly connectionString: string;
  readonly tables: Readonly<Record<InsightsTable, readonly InsightsRow[]>>;
  /** Every body as it came: what left the app, word for word. */
  readonly bodies: readonly string[];
  stop(): Promise<void>;
}

/** Starts it on 127.0.0.1, with TLS: the exporter sends to nothing else. */
export async function startCollector({ dir, port = 0 }: CollectorOptions): Promise<Collector> {
  await mkdir(dir, { recursive: true });
  const { key, cert } = await openCertificate(dir);
  const tables = Object.fromEntries(INSIGHTS_TABLES.map((name) => [name, []])) as unknown as Record<
    InsightsTable,
    InsightsRow[]
  >;
  const bodies: string[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    serve(request, response).catch(() => send(response, 400, { itemsReceived: 0, itemsAccepted: 0, errors: [] }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', url);
    if (request.method === 'POST' && /^\/v2(\.1)?\/track$/.test(pathname)) return take(request, response);
    const name = INSIGHTS_TABLES.find((table) => pathname === `/tables/${table}`);
    if (request.method === 'GET' && name !== undefined) return send(response, 200, tables[name]);
    send(response, 404, { tables: INSIGHTS_TABLES.map((table) => `${url}/tables/${table}`) });
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    bodies.push(body);
    const envelopes: unknown[] = JSON.parse(body);
    for (const envelope of envelopes) {
      const { table, row } = rowOf(envelope);
      tables[table].push(row);
      if (tables[table].length > MAX_ROWS) tables[table].shift();
    }
    send(response, 200, { itemsReceived: envelopes.length, itemsAccepted: envelopes.length, errors: [] });
  }

  return {
    url,
    connectionString: `InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=${url}/`,
    tables,
    bodies,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > MAX_BODY_BYTES) throw new Error('larger than any batch of telemetry');
  }
  const body = Buffer.concat(parts);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
