/** Calls `receive-events` of the bundle as the host does, but for the queue: no message is received or deleted here. */

import { projectDir } from '../../../infra/build-app.ts';
import { loadFunctionApp, readHostJson } from '../../../infra/local/functions-host/function-app.ts';
import { createHostLog } from '../../../infra/local/functions-host/host-log.ts';
import { createInvoke } from '../../../infra/local/functions-host/invoke.ts';
import { toQueueText } from '../../../shared/platform/queue-text.ts';
import { benchEvent } from '../fill.ts';
import { answering } from '../worker.ts';

interface Input {
  readonly perMessage: number;
  /** Messages. */
  readonly warmUp: number;
  readonly messages: number;
}

await answering(async ({ perMessage, warmUp, messages }: Input) => {
  const texts = Array.from({ length: warmUp + messages }, (_, message) =>
    toQueueText(Array.from({ length: perMessage }, (_, event) => benchEvent(message * perMessage + event))),
  );
  const log = createHostLog('Error', () => {});
  const app = await loadFunctionApp(projectDir, await readHostJson(projectDir), log);
  const invoke = createInvoke(app, log);
  const receive = app.registry.functions.get('receive-events');
  if (receive === undefined) throw new Error('the app has no receive-events');
  console.log = () => {}; // the app's own log goes to the host, which is not measured
  for (const text of texts.slice(0, warmUp)) await invoke(receive, { data: { string: text } });
  const [cpu, from] = [process.cpuUsage(), performance.now()];
  for (const text of texts.slice(warmUp)) await invoke(receive, { data: { string: text } });
  const { user, system } = process.cpuUsage(cpu);
  return { cpuUs: user + system, wallMs: performance.now() - from };
});
