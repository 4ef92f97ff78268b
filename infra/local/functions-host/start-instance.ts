/** One instance of the host: its process, seen from the parent. */
import { fileURLToPath } from 'node:url';
import { startChild } from '../child-process.ts';
import { type FromParent, toParent } from './instance-messages.ts';

/** What to start. */
export interface InstanceOptions {
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  readonly start: Extract<FromParent, { kind: 'start' }>;
  readonly onLine: (line: string) => void;
}

/** A running instance. */
export interface Instance {
  readonly pid: number;
  readonly functions: readonly string[];
  runNow(name: string, input: string): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

// A stop may take the whole grace, then the hooks.
const HOOKS_MS = 5_000;

/**
 * Starts the process and waits until it listens.
 * @throws Error with the reason when it does not.
 */
export async function startInstance({ entry, env, start, onLine }: InstanceOptions): Promise<Instance> {
  const waiting = new Map<number, { resolve: () => void; reject: (reason: Error) => void }>();
  let ready: (functions: readonly string[]) => void = () => {};
  let fail: (reason: Error) => void = () => {};
  const listening = new Promise<readonly string[]>((resolve, reject) => {
    ready = resolve;
    fail = reject;
  });
  const child = startChild({
    args: ['--enable-source-maps', entry],
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env,
    onLine,
    onMessage(message) {
      const told = toParent.parse(message);
      if (told.kind === 'ready') ready(told.functions);
      else if (told.kind === 'failed') fail(new Error(`The function app did not start: ${told.error}`));
      else if (told.error === undefined) waiting.get(told.id)?.resolve();
      else waiting.get(told.id)?.reject(new Error(told.error));
    },
  });
  child.send(start);
  void child.ended.then((code) => {
    fail(new Error(`The function app ended with code ${code} before it was ready`));
    for (const { reject } of waiting.values()) reject(new Error(`The instance ended with code ${code}`));
  });
  const functions = await listening;

  let lastId = 0;
  return {
    pid: child.pid,
    functions,
    kill: child.kill,
    stop: () => child.stop(start.graceMs + HOOKS_MS),
    runNow(name, input) {
      lastId += 1;
      const id = lastId;
      const ran = new Promise<void>((resolve, reject) => waiting.set(id, { resolve, reject }));
      child.send({ kind: 'run', id, name, input } satisfies FromParent);
      return ran.finally(() => waiting.delete(id));
    },
  };
}
