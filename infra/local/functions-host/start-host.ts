/** Starts a function app as Azure runs it: one process for each instance, on the same storage. */
import { findFreePort } from '../ports.ts';
import { type FunctionKeys, randomKeys } from './function-keys.ts';
import { hostBundle } from './host-bundle.ts';
import { type Instance, startInstance } from './start-instance.ts';

/** What to run. */
export interface FunctionsHostOptions {
  /** Folder with the app's `package.json` and `host.json`. */
  readonly appDir: string;
  /** The whole environment of the app, its settings among it. */
  readonly env?: Readonly<Record<string, string>>;
  /** Port of the first instance; the others take free ones. Free unless given. */
  readonly port?: number;
  readonly instances?: number;
  /** Random ones unless given. */
  readonly keys?: FunctionKeys;
  /** How long a message that is being worked on is hidden from others. Ten minutes, as in Azure, unless given. */
  readonly runningMessageHiddenMs?: number;
  /** How long the lock of a timer outlives a killed instance: at least 15 s, which is the default; 60 s in Azure. */
  readonly timerLockSeconds?: number;
  /** How long running invocations have after a stop. 10 s unless given. */
  readonly graceMs?: number;
  /** Gets each line that an instance writes. */
  readonly onLine?: (line: string, instance: number) => void;
}

/** A running function app. */
export interface FunctionsHost {
  /** Address of the first instance. */
  readonly url: string;
  /** Addresses of all instances. */
  readonly urls: readonly string[];
  readonly keys: FunctionKeys;
  readonly functions: readonly string[];
  /** The processes as they are now. */
  pids(): readonly number[];
  /** Runs a function at once on the first instance and waits for it; rejects with what it threw. */
  runNow(name: string, input?: string): Promise<void>;
  /** Ends an instance as a crash does. */
  kill(instance: number): Promise<void>;
  /** Starts an instance again on its port, after a graceful stop if it still runs. */
  restart(instance: number): Promise<void>;
  /** Stops all instances gracefully. */
  stop(): Promise<void>;
}

/**
 * Starts all instances and waits until they listen.
 * @throws Error with the reason when the app does not start; then nothing is left running.
 */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const { appDir, env = {}, instances: count = 1, onLine } = options;
  const keys = options.keys ?? randomKeys();
  const entry = await hostBundle();
  const ports = await Promise.all(
    Array.from({ length: count }, (_, index) => (index === 0 && options.port) || findFreePort()),
  );
  const start = (index: number): Promise<Instance> =>
    startInstance({
      entry,
      env,
      onLine: (line) => onLine?.(line, index),
      start: {
        kind: 'start',
        appDir,
        port: ports[index] ?? 0,
        keys,
        runningMessageHiddenMs: options.runningMessageHiddenMs ?? 600_000,
        timerLockSeconds: options.timerLockSeconds ?? 15,
        graceMs: options.graceMs ?? 10_000,
      },
    });

  const started = await Promise.allSettled(ports.map((_, index) => start(index)));
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = started.find((result) => result.status === 'rejected');
  if (failed) {
    await Promise.all(running.map((instance) => instance.stop()));
    throw failed.reason;
  }
  const at = (index: number): Instance => {
    const instance = running[index];
    if (instance === undefined) throw new Error(`There is no instance ${index}: they count from 0 to ${count - 1}`);
    return instance;
  };
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  return {
    url: urls[0] ?? '',
    urls,
    keys,
    functions: at(0).functions,
    pids: () => running.map((instance) => instance.pid),
    runNow: (name, input = '') => at(0).runNow(name, input),
    kill: (index) => at(index).kill(),
    async restart(index) {
      await at(index).stop();
      running[index] = await start(index);
    },
    async stop() {
      await Promise.all(running.map((instance) => instance.stop()));
    },
  };
}
