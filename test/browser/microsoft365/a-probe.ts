/** Serves the probe page: over http to be framed, over https for its sign-in window, since TeamsJS opens no other. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { generate } from 'selfsigned';

/** A probe that is being served. */
export interface Probe {
  /** The probe's site, to be registered as the product. */
  readonly url: string;
  /** Its sign-in window. */
  readonly popUpUrl: string;
  /** The cookies that came with each load of the framed page. */
  readonly cookies: string[];
  stop(): Promise<void>;
}

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, `${name}.js`)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  });
  return outputFiles[0]?.text ?? '';
}

/** Starts it on free ports. */
export async function aProbe(): Promise<Probe> {
  const scripts: Record<string, string> = { '/probe.js': await bundle('probe'), '/pop-up.js': await bundle('pop-up') };
  const cookies: string[] = [];
  const answer: RequestListener = (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const script = scripts[path];
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    if (script !== undefined) return void response.end(script);
    cookies.push(request.headers.cookie ?? '');
    response.setHeader('set-cookie', 'probe=1; SameSite=None; Secure');
    response.setHeader('content-security-policy', "script-src 'self'");
    const name = path === '/pop-up' ? 'pop-up' : 'probe';
    response.end(`<!doctype html><title>${path}</title><body><script type="module" src="/${name}.js"></script></body>`);
  };
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
  const servers: Server[] = [createServer(answer), createSecureServer({ key, cert }, answer)];
  const [plain, secure] = await Promise.all(servers.map(open));
  return {
    url: `http://127.0.0.1:${plain}`,
    popUpUrl: `https://127.0.0.1:${secure}/pop-up`,
    cookies,
    stop: async () =>
      void (await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))),
  };
}

function open(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}
