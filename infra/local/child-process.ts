/** Child processes of the local system: their output as lines, a graceful stop, and an end when their parent ends. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What to run with this Node.js. */
export interface ChildOptions {
  /** Arguments of `node`: its flags, the script, the script's own arguments. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment; only what the operating system itself needs is added. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gets each line of standard output and standard error. */
  readonly onLine?: (line: string) => void;
  /** Gets each message sent over the IPC channel. */
  readonly onMessage?: (message: unknown) => void;
}

/** A running child process. */
export interface ChildProcess {
  readonly pid: number;
  /** Resolves when the process has ended, with its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Sends a message over the IPC channel; lost when the process has ended. */
  send(message: object): void;
  /** Asks for a graceful end and waits for it; after `graceMs` the process is killed. */
  stop(graceMs?: number): Promise<void>;
  /** Ends the process at once, as a crash does, and waits until it is gone. */
  kill(): Promise<void>;
}

// Without SystemRoot no socket opens on Windows; TZ is not ours to change, nor how somebody watches a whole run.
const NEEDED_BY_THE_SYSTEM = ['NODE_OPTIONS', 'PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'TZ'] as const;
const STOP_GRACE_MS = 15_000;

/**
 * Starts `node` with `args`.
 * @throws Error when the process cannot be started.
 */
export function startChild({ args, cwd, env = {}, onLine, onMessage }: ChildOptions): ChildProcess {
  const system = NEEDED_BY_THE_SYSTEM.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  const child = spawn(
    process.execPath,
    ['--import', new URL('./exit-with-parent.mjs', import.meta.url).href, ...args],
    {
      cwd,
      env: { ...Object.fromEntries(system), ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A process group of its own: Ctrl-C in a terminal reaches the parent only, which stops its children in order.
      detached: true,
      windowsHide: true,
    },
  );
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${process.execPath} ${args.join(' ')}`);
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  child.on('error', (error) => onLine?.(String(error)));
  if (onMessage) child.on('message', onMessage);
  for (const output of [child.stdout, child.stderr]) {
    if (onLine && output) createInterface({ input: output }).on('line', onLine);
    else output?.resume();
  }

  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    pid,
    ended,
    kill,
    send(message) {
      if (child.connected) child.send(message);
    },
    async stop(graceMs = STOP_GRACE_MS) {
      // Windows has no SIGTERM: there the word goes over the channel.
      if (process.platform === 'win32' && child.connected) child.send('shutdown');
      else child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(late);
    },
  };
}
