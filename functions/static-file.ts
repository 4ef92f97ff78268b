/** `GET /static/{*path}`: the files of `static/`, as the build put them beside the bundle. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HttpHandler } from '@azure/functions';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};
const YEAR = 'public, max-age=31536000, immutable';
const HOUR = 'public, max-age=3600';

/** Serves what is in `dir`, listed once: a path is looked up in that list, so none leads out of it. */
export function createStaticFileHandler(dir: string): HttpHandler {
  let names: Promise<ReadonlySet<string>> | undefined;
  return async (request) => {
    names ??= list(dir);
    const path = request.params['path'] ?? '';
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)];
    if (type === undefined || !(await names).has(path)) return { status: 404 };
    const isHashed = /\.[0-9A-Za-z_-]{8,}\.\w+$/.test(path);
    const headers = {
      'content-type': type,
      'cache-control': isHashed ? YEAR : HOUR,
      'x-content-type-options': 'nosniff',
    };
    return { status: 200, headers, body: await readFile(join(dir, path)) };
  };
}

async function list(dir: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(dir, { recursive: true }).catch(() => []);
  return new Set(entries.map((name) => name.replaceAll('\\', '/')));
}
