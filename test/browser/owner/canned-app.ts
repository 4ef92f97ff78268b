/** The real pages and scripts in front of answers that a test wrote: for what is drawn in every state, however rare. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { createConfigPageHandler } from '../../../functions/config-page.ts';
import { createStaticFileHandler } from '../../../functions/static-file.ts';
import { buildAppIfStale, projectDir } from '../../../infra/build-app.ts';
import catalogue from '../../../infra/local/catalogue.json';
import { SessionRequiredError } from '../../../shared/identity/errors.ts';
import { readPageFiles } from '../../../shared/platform/page-files.ts';
import { cannedAnswers } from './canned-answers.ts';

/** A busy machine draws slowly; nothing is faster for failing sooner. */
export const PATIENCE_MS = 15_000;

/** An answer: a status other than 200, a body, a wait before it. */
export interface CannedAnswer {
  readonly status?: number;
  readonly body?: unknown;
  readonly afterMs?: number;
}

/** A call that the page made. */
export interface SeenCall {
  readonly route: string;
  readonly body: unknown;
  readonly headers: IncomingMessage['headers'];
}

/** The app that is being served. */
export interface CannedApp {
  readonly url: string;
  readonly calls: SeenCall[];
  /** Everything as at the beginning: an active channel, signed in. */
  reset(): void;
  /** From now on `METHOD /path` is answered so. */
  answer(route: string, answer: CannedAnswer): void;
  signedIn(is: boolean): void;
  stop(): Promise<void>;
}

/** Serves it on a free port. Builds first, when a source has changed. */
export async function startCannedApp(): Promise<CannedApp> {
  await buildAppIfStale();
  const files = join(projectDir, 'dist', 'static');
  let who = true;
  let answers = new Map<string, CannedAnswer>();
  const calls: SeenCall[] = [];
  const configPage = createConfigPageHandler({
    brand: catalogue.product,
    file: await readPageFiles(join(files, 'page-files.json')),
    hosts: [],
    signInUrl: 'http://localhost:9/sign-in',
    canConnect: true,
    withMicrosoft: true,
    sessions: {
      read: async () => {
        if (!who) throw new SessionRequiredError();
        return { account: 'acme', person: { sub: 'ada@acme.example' } };
      },
    },
  });
  const staticFile = createStaticFileHandler(files);

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname === '/config') return send(response, await call(configPage, request, {}));
    if (pathname.startsWith('/static/'))
      return send(response, await call(staticFile, request, { path: pathname.slice('/static/'.length) }));
    const route = `${request.method} ${pathname}`;
    const text = await textOf(request);
    calls.push({ route, body: text === '' ? undefined : JSON.parse(text), headers: request.headers });
    const { status = 200, body, afterMs = 0 } = answers.get(route) ?? { status: 404, body: { code: 'not-found' } };
    setTimeout(() => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? '' : JSON.stringify(body));
    }, afterMs).unref();
  }

  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const app: CannedApp = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    reset() {
      who = true;
      calls.length = 0;
      answers = new Map(Object.entries(cannedAnswers()));
    },
    answer: (route, answer) => void answers.set(route, answer),
    signedIn: (is) => {
      who = is;
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  app.reset();
  return app;
}

/** The part of a request that these handlers look at. The package's own classes cannot be had outside of CommonJS. */
async function call(handler: HttpHandler, request: IncomingMessage, params: Record<string, string>) {
  const url = `http://127.0.0.1${request.url}`;
  const asked = { method: 'GET', url, params, headers: new Headers(), query: new URL(url).searchParams };
  const context = { info() {}, error: console.error, invocationId: 'canned' };
  const answer = await handler(asked as unknown as HttpRequest, context as unknown as InvocationContext);
  return answer as HttpResponseInit;
}

function send(response: ServerResponse, { status = 200, headers, body }: HttpResponseInit): void {
  response.writeHead(status, headers as Record<string, string>);
  response.end(body);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
