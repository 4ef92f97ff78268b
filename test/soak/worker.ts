/** A worker process of the product behind a proxy of its own, which can be killed and started again. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectDir } from '../../infra/build-app.ts';
import { startFunctionsHost } from '../../infra/local/functions-host/start-host.ts';
import { type SeenRequest, startStorageProxy } from '../bench/storage-proxy.ts';
import type { SoakSystem } from './system.ts';

/** Scaled with the protocol's times. */
const HIDDEN_MS = 15_000;
const AGAIN_AFTER_MS = 1_000;

/** What a process uses; undefined where the system does not tell. */
export interface Usage {
  readonly residentMb: number;
  readonly handles: number;
}

/** A worker. */
export type Worker = Awaited<ReturnType<typeof startWorker>>;

/** Starts the `place`th. `see` gets each request to storage with the process that sent it, such as `1.4`: place and start. */
export async function startWorker(
  { azurite, settings }: SoakSystem,
  place: number,
  see: (request: SeenRequest, process: string) => void,
) {
  let starts = 1;
  const complaints = new Map<string, number>();
  const proxy = await startStorageProxy(azurite, (request) => see(request, `${place}.${starts}`));
  const host = await startFunctionsHost({
    appDir: projectDir,
    env: { ...settings, AzureWebJobsStorage: proxy.connectionString },
    runningMessageHiddenMs: HIDDEN_MS,
    onLine: (line) => {
      if (/unhandled|FATAL|heap limit/i.test(line)) complaints.set(line, (complaints.get(line) ?? 0) + 1);
    },
  });
  return {
    /** Lines that tell of a crash nobody asked for. */
    complaints,
    usage(): Usage | undefined {
      const [pid] = host.pids();
      try {
        const residentKb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
        return { residentMb: residentKb / 1024, handles: readdirSync(`/proc/${pid}/fd`).length };
      } catch {
        return undefined;
      }
    },
    /** Ends it with SIGKILL. */
    kill: () => host.kill(0),
    /** Starts it again, for as long as that takes. */
    async start(): Promise<void> {
      starts += 1;
      for (;;) {
        try {
          return await host.restart(0);
        } catch {
          await sleep(AGAIN_AFTER_MS);
        }
      }
    },
    async stop(): Promise<void> {
      await host.stop();
      await proxy.stop();
    },
  };
}
