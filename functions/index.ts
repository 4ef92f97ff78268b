/** The map of the app: every trigger, in one place. What a trigger does is loaded when it first runs. */
import {
  app,
  type HttpHandler,
  type InvocationContext,
  type StorageQueueHandler,
  type TimerHandler,
} from '@azure/functions';
import { config, once } from './parts.ts';

const connection = 'AzureWebJobsStorage';

// Settings are parsed once, before anything runs, and all their faults are said together.
app.hook.appStart(async () => {
  await config();
});

app.storageQueue('receive-events', {
  connection,
  queueName: 'events',
  handler: queueHandler(async () => (await import('./wire-receiving.ts')).receiveEventsHandler()),
});
app.storageQueue('send-digest', {
  connection,
  queueName: 'digests',
  handler: queueHandler(async () => (await import('./wire-delivery.ts')).sendDigestHandler()),
});
app.timer('dispatch-due', {
  schedule: '0 * * * * *',
  handler: timerHandler(async () => (await import('./wire-dispatch.ts')).dispatchDueHandler()),
});
app.timer('reconcile', {
  schedule: '0 7 * * * *', // not on the hour, when digests are due
  handler: timerHandler(async () => (await import('./wire-delivery.ts')).reconcileHandler()),
});
for (const name of ['events', 'digests'] as const) {
  app.storageQueue(`${name}-poison`, {
    connection,
    queueName: `${name}-poison`,
    handler: queueHandler(async () => (await import('./wire-poison.ts')).poisonHandler(name)),
  });
}

function queueHandler(make: () => Promise<StorageQueueHandler>): StorageQueueHandler {
  const made = once(make);
  return async (message: unknown, context: InvocationContext) => (await made())(message, context);
}

function timerHandler(make: () => Promise<TimerHandler>): TimerHandler {
  const made = once(make);
  return async (timer, context) => (await made())(timer, context);
}

/** HTTP triggers, made and answered for in the same way. */
export function httpHandler(make: () => Promise<HttpHandler>): HttpHandler {
  const made = once(make);
  return async (request, context) => {
    const { answering } = await import('../shared/platform/answering.ts');
    return answering(await made())(request, context);
  };
}
