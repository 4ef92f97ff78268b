/** The entry of an instance's process: one host, told by its parent what to run. */
import { systemClock } from '../../../shared/platform/clock.ts';
import { createFileClock } from '../../../shared/platform/clock-file.ts';
import { describeError } from './host-log.ts';
import { type FromParent, fromParent, type ToParent } from './instance-messages.ts';
import { type RunningHost, runFunctionsHost } from './run-host.ts';

let starting: Promise<RunningHost> | undefined;
let stopping = false;
let graceMs = 0;

function tell(message: ToParent, then: () => void = () => {}): void {
  if (process.connected) process.send?.(message, then);
  else then();
}

async function start(options: Extract<FromParent, { kind: 'start' }>): Promise<void> {
  graceMs = options.graceMs;
  // The app's own setting for development: its timers follow the same clock.
  const clockFile = process.env['CLOCK_FILE'];
  const clock = clockFile ? createFileClock(clockFile) : systemClock;
  starting = runFunctionsHost({ ...options, clock, write: (line) => console.log(line) });
  try {
    const { port, functions } = await starting;
    tell({ kind: 'ready', port, functions: [...functions] });
  } catch (error) {
    tell({ kind: 'failed', error: describeError(error) }, () => process.exit(1));
  }
}

async function run(id: number, name: string, input: string): Promise<void> {
  try {
    await (await starting)?.runNow(name, input);
    tell({ kind: 'ran', id });
  } catch (error) {
    tell({ kind: 'ran', id, error: describeError(error) });
  }
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await (await starting)?.stop(graceMs);
  process.exit(0);
}

process.on('message', (message) => {
  if (message === 'shutdown') process.emit('SIGTERM');
  else {
    const told = fromParent.parse(message);
    if (told.kind === 'start') void start(told);
    else void run(told.id, told.name, told.input);
  }
});
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
