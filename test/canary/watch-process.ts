/** Looks at everything that leaves a process: what it prints, answers, stores, queues and posts. */
import http from 'node:http';
import type { Look } from './report.ts';

/** `storage`: hosts of storage accounts. `is`: the app is looked at wholly, a process of tests only by what it stores. */
export interface Watched {
  readonly is: 'app' | 'tests';
  readonly storage: readonly string[];
  readonly look: Look;
}

const WATCHED = Symbol.for('tidings.canary');

/** Begins to look. A second time in one process does nothing. */
export function watchProcess({ is, storage, look }: Watched): void {
  if (Reflect.has(http, WATCHED)) return;
  Reflect.set(http, WATCHED, true);
  watchRequests({ is, storage, look });
  if (is === 'tests') return;
  for (const stream of [process.stdout, process.stderr])
    before(stream, 'write', (_stream, [chunk]) => look('a line that it printed', textOf(chunk), 'any-token'));
  const answers = http.ServerResponse.prototype;
  before(answers, 'writeHead', (_answer, parts) => look('headers of an answer', JSON.stringify(parts), 'marked'));
  for (const method of ['write', 'end'] as const)
    before(answers, method, (answer, [chunk]) => {
      const headers = answer instanceof http.ServerResponse ? JSON.stringify(answer.getHeaders()) : '';
      look('an answer', `${headers}\n${textOf(chunk)}`, 'marked');
    });
}

/** What is stored or queued, and in the app what is posted too. The vault is the one place for secrets: it is spoken to over TLS. */
function watchRequests({ is, storage, look }: Watched): void {
  for (const method of ['write', 'end'] as const)
    before(http.ClientRequest.prototype, method, (request, [chunk]) => {
      if (!(request instanceof http.ClientRequest) || request.protocol === 'https:') return;
      const stores = storage.includes(String(request.getHeader('host')));
      if (!stores && is === 'tests') return;
      const place = stores ? `what it stored: ${request.method} ${request.path.split('?')[0]}` : 'what it posted';
      look(place, textOf(chunk), stores ? 'any-token' : 'marked');
    });
}

type Sees = (self: unknown, parts: readonly unknown[]) => void;

function before<Name extends string>(object: { [name in Name]: unknown }, name: Name, sees: Sees): void {
  const original = object[name];
  if (typeof original !== 'function') throw new Error(`${name} is no function`);
  const wrapped = function (this: unknown, ...parts: unknown[]): unknown {
    sees(this, parts);
    return Reflect.apply(original, this, parts);
  };
  Reflect.set(object, name, wrapped);
}

function textOf(chunk: unknown): string {
  if (typeof chunk === 'string') return chunk;
  return chunk instanceof Uint8Array ? Buffer.from(chunk).toString('utf8') : '';
}

/** The hosts that a connection string of storage names. */
export function storageHosts(connectionString = ''): string[] {
  return connectionString.split(';').flatMap((part) => {
    const [, url] = /Endpoint=(.+)$/.exec(part) ?? [];
    return url !== undefined && URL.canParse(url) ? [new URL(url).host] : [];
  });
}
