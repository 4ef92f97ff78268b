/** Calls `receive-events` of the bundle as the host does, but for the queue: no message is received or deleted here. */

import { projectDir } from '../../../infra/build-app.ts';
import { type FunctionApp, loadFunctionApp, readHostJson } from '../../../infra/local/functions-host/function-app.ts';
import { createHostLog } from '../../../infra/local/functions-host/host-log.ts';
import { createInvoke } from '../../../infra/local/functions-host/invoke.ts';
import { toQueueText } from '../../../shared/platform/queue-text.ts';
import { benchEvent } from '../fill.ts';
import { answering } from '../worker.ts';

/** Messages made together. */
const AT_ONCE = 50;

interface Input {
  readonly perMessage: number;
  /** Messages that are not measured; then those measured early; all before those that are measured warm. */
  readonly first: number;
  readonly early: number;
  readonly warmUp: number;
  readonly messages: number;
}

function functionOf({ registry }: FunctionApp) {
  const found = registry.functions.get('receive-events');
  if (found === undefined) throw new Error('the app has no receive-events');
  return found;
}

await answering(async ({ perMessage, first, early, warmUp, messages }: Input) => {
  const log = createHostLog('Error', () => {});
  const app = await loadFunctionApp(projectDir, await readHostJson(projectDir), log);
  const invoke = createInvoke(app, log);
  const receive = functionOf(app);
  console.log = () => {}; // the app's own log goes to the host, which is not measured

  /** Microseconds of CPU of an event. Messages are made a few at a time, unmeasured: what waits here is the collector's work too. */
  async function costOf(from: number, to: number): Promise<number> {
    let sum = 0;
    for (let at = from; at < to; at += AT_ONCE) {
      const texts = Array.from({ length: Math.min(AT_ONCE, to - at) }, (_, index) => textOf(at + index));
      const before = process.cpuUsage();
      for (const text of texts) await invoke(receive, { data: { string: text } });
      const { user, system } = process.cpuUsage(before);
      sum += user + system;
    }
    return sum / ((to - from) * perMessage);
  }

  const textOf = (message: number) =>
    toQueueText(Array.from({ length: perMessage }, (_, event) => benchEvent(message * perMessage + event)));
  await costOf(0, first);
  const earlyUs = await costOf(first, first + early);
  await costOf(first + early, warmUp);
  return { early: earlyUs, warm: await costOf(warmUp, warmUp + messages) };
});
