/** Ends a run that stands still: a loop without end lets nothing else happen in its thread, so another thread looks on. */
import { Worker } from 'node:worker_threads';

/** As much of an input as is kept for the last word. */
const MOST_BYTES = 64 * 1024;
const LOOK_MS = 1_000;
/** So many looks in a row at the same input: machines stand still for seconds, but not for so many. */
const PATIENCE = 60;

const LOOKS_ON = `
const { workerData: { shared, looks } } = require('node:worker_threads');
const count = new Int32Array(shared, 0, 2);
let before = -1, same = 0;
setInterval(() => {
  const now = Atomics.load(count, 0);
  same = now === before ? same + 1 : 0;
  before = now;
  if (same < looks || now === 0) return;
  const input = Buffer.from(new Uint8Array(shared, 8, Atomics.load(count, 1))).toString('utf8');
  require('node:fs').writeSync(2, 'this input is never done with: ' + input + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, ${LOOK_MS});
`;

/** Looks on from now. */
export function startWatchdog() {
  const shared = new SharedArrayBuffer(8 + MOST_BYTES);
  const count = new Int32Array(shared, 0, 2);
  const bytes = new Uint8Array(shared, 8);
  const worker = new Worker(LOOKS_ON, { eval: true, workerData: { shared, looks: PATIENCE } });
  worker.unref();
  return {
    /** The next input is tried. */
    note(json: string): void {
      const text = Buffer.from(json).subarray(0, MOST_BYTES);
      bytes.set(text);
      Atomics.store(count, 1, text.length);
      Atomics.add(count, 0, 1);
    },
    stop: () => worker.terminate(),
  };
}
