/** Azurite, Microsoft's storage emulator, from its npm package: one child process with blobs, queues and tables. */
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { startChild } from './child-process.ts';

/** The port of each service. */
export interface AzuritePorts {
  readonly blob: number;
  readonly queue: number;
  readonly table: number;
}

/** Where the data goes and where it is reached. */
export interface AzuriteOptions {
  /** Folder of the data; with `inMemory` only the working directory. Made if missing. */
  readonly dir: string;
  /** Free ports unless given. */
  readonly ports?: AzuritePorts;
  readonly inMemory?: boolean;
}

/** A running Azurite. */
export interface Azurite {
  readonly connectionString: string;
  readonly ports: AzuritePorts;
  readonly pid: number;
  /** Stops it with SIGTERM, which keeps every acknowledged write, and waits until it is gone. */
  stop(): Promise<void>;
}

// Azurite's one account: its name and key are fixed and published, not a secret.
// https://learn.microsoft.com/azure/storage/common/storage-connect-azurite
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const LISTENING = /Azurite (Blob|Queue|Table) service is successfully listening at http:\/\/.*:(\d+)$/;
const START_LIMIT_MS = 30_000;

/**
 * Starts Azurite and waits until all three services listen.
 * @throws Error with Azurite's own words when it ends before that, for example because a port is taken.
 */
export async function startAzurite({ dir, ports, inMemory = false }: AzuriteOptions): Promise<Azurite> {
  await mkdir(dir, { recursive: true });
  const listening = new Map<string, number>();
  const said: string[] = [];
  let ready = () => {};
  const allListen = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const child = startChild({
    cwd: dir,
    args: [
      createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js'),
      ...['--disableTelemetry', '--silent', '--skipApiVersionCheck'],
      ...(inMemory ? ['--inMemoryPersistence'] : ['--location', dir]),
      ...['--blobPort', `${ports?.blob ?? 0}`, '--queuePort', `${ports?.queue ?? 0}`],
      ...['--tablePort', `${ports?.table ?? 0}`],
    ],
    onLine(line) {
      if (said.length < 20) said.push(line);
      const [, service, port] = LISTENING.exec(line) ?? [];
      if (service !== undefined) listening.set(service, Number(port));
      if (listening.size === 3) ready();
    },
  });
  const ended = child.ended.then(() => 'ended' as const);
  const late = setTimeout(() => void child.kill(), START_LIMIT_MS);
  const first = await Promise.race([allListen, ended]);
  clearTimeout(late);
  if (first === 'ended') throw new Error(`Azurite ended before it was ready. It said:\n${said.join('\n')}`);

  const at = { blob: portOf('Blob'), queue: portOf('Queue'), table: portOf('Table') };
  return { connectionString: connectionStringOf(at), ports: at, pid: child.pid, stop: child.stop };

  function portOf(service: string): number {
    return listening.get(service) ?? 0;
  }
}

function connectionStringOf({ blob, queue, table }: AzuritePorts): string {
  const endpoint = (service: string, port: number) => `${service}Endpoint=http://127.0.0.1:${port}/${ACCOUNT}`;
  return [
    'DefaultEndpointsProtocol=http',
    `AccountName=${ACCOUNT}`,
    `AccountKey=${KEY}`,
    endpoint('Blob', blob),
    endpoint('Queue', queue),
    endpoint('Table', table),
  ].join(';');
}
