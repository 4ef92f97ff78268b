/** A Key Vault on this machine: the secrets REST API over TLS, for the real `@azure/keyvault-secrets`. */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openCertificate } from './certificate.ts';
import { answerControl, CONTROL_PATH } from './control.ts';
import { createFaults, type Faults } from './faults.ts';
import { readBody, refusal, send } from './http-answers.ts';
import { createRoutes } from './routes.ts';
import { createSecrets } from './secrets.ts';
import { openSecretsFile } from './secrets-file.ts';

/** How to start it: `port` 0 takes a free one; without `dir` its data lasts as long as it runs. */
export interface KeyVaultOptions {
  readonly port?: number;
  readonly dir?: string;
  readonly purgeProtection?: boolean;
  /** The clock of `created` and `updated`, in milliseconds since 1970. */
  readonly now?: () => number;
}

/** A running vault. */
export interface KeyVault {
  readonly url: string;
  /** The certificate that clients must trust, as PEM, and the file it is in (for NODE_EXTRA_CA_CERTS). */
  readonly ca: string;
  readonly caPath: string;
  readonly faults: Faults;
  /** Method and path of each request so far, the newest 10,000. No values. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

const MAX_REQUESTS = 10_000;

/** Starts the vault on 127.0.0.1; rejects when the port is taken. */
export async function startKeyVault(options: KeyVaultOptions = {}): Promise<KeyVault> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'tidings-key-vault-')));
  await mkdir(dir, { recursive: true });
  const [certificate, file] = await Promise.all([openCertificate(dir), openSecretsFile(dir)]);
  const { now = Date.now, purgeProtection = false } = options;
  const secrets = createSecrets(file.contents, { now: () => Math.floor(now() / 1000), purgeProtection });
  const faults = createFaults();
  const requests: string[] = [];

  const server = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
    serve(request, response).catch((error: unknown) => send(response, refusal(error)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = createRoutes({ url, purgeProtection }, secrets);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const address = new URL(request.url ?? '/', url);
    const body = await readBody(request);
    if (address.pathname === CONTROL_PATH) return send(response, answerControl(method, body, faults));
    requests.push(`${method} ${address.pathname}`);
    if (requests.length > MAX_REQUESTS) requests.shift();

    // The first call of a client comes without token and body, to be told where tokens are given out.
    if (!/^Bearer \S/.test(request.headers.authorization ?? '')) return send(response, challenge(url));
    const fault = faults.strike(method, address.pathname);
    if (fault?.is === 'slow') await wait(fault.milliseconds);
    if (fault?.is === 'down') return void request.socket.destroy();
    if (fault?.is === 'throttled' || fault?.is === 'failing' || fault?.is === 'forbidden')
      return send(response, refusal(fault));

    const answered = answer({ method, url: address, body });
    if (answered.changed) await file.save();
    if (fault?.is === 'answer-lost') return void request.socket.destroy();
    send(response, answered);
  }

  return {
    url,
    ca: certificate.cert,
    caPath: certificate.caPath,
    faults,
    requests,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await file.settled();
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
    },
  };
}

function challenge(url: string) {
  const tenant = '00000000-0000-0000-0000-000000000000';
  const body = { error: { code: 'Unauthorized', message: 'AKV10000: Request is missing a Bearer or PoP token.' } };
  const header = `Bearer authorization="${url}/${tenant}", resource="https://vault.azure.net"`;
  return { status: 401, body, headers: { 'www-authenticate': header, 'x-ms-request-id': randomUUID() } };
}
