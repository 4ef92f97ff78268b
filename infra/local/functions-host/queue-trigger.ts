/** Starts the listener of a function with a queue trigger. */
import { QueueServiceClient } from '@azure/storage-queue';
import { z } from 'zod';
import { type AppSettings, connectionStringOf, resolveSettings } from './app-settings.ts';
import type { RegisteredFunction } from './core-module.ts';
import type { HostJson } from './host-json.ts';
import type { HostLog } from './host-log.ts';
import { type Invoke, triggerOf } from './invoke.ts';
import type { Listener } from './listener.ts';
import { startQueueListener } from './queue-listener.ts';
import { createQueueProcessor } from './queue-processor.ts';

const queueTrigger = z.object({ queueName: z.string(), connection: z.string().optional() });

/** The function and what the host knows. */
export interface QueueTriggerOptions {
  readonly fn: RegisteredFunction;
  readonly appSettings: AppSettings;
  readonly settings: HostJson['queues'];
  readonly hiddenMs: number;
  readonly invoke: Invoke;
  readonly log: HostLog;
}

// Three more tries after 0.8 s and longer, as Azure.Core's RetryOptions has it.
const RETRIES = { maxTries: 4, retryDelayInMs: 800, maxRetryDelayInMs: 8_000 };

/**
 * Resolves the trigger's queue and starts to poll it. A queue that does not exist is polled until it does.
 * @throws Error for a missing setting.
 */
export function startQueueTrigger({ fn, appSettings, settings, hiddenMs, invoke, log }: QueueTriggerOptions): Listener {
  const { queueName, connection } = queueTrigger.parse(triggerOf(fn).binding);
  const connectionString = connectionStringOf(connection, appSettings);
  const service = QueueServiceClient.fromConnectionString(connectionString, { retryOptions: RETRIES });
  const name = resolveSettings(queueName, appSettings).toLowerCase();
  const queue = service.getQueueClient(name);
  const poisonQueue = name.endsWith('-poison') ? undefined : service.getQueueClient(`${name}-poison`);
  const processMessage = createQueueProcessor({ fn, queue, poisonQueue, settings, hiddenMs, invoke, log });
  return startQueueListener({ queue, settings, hiddenMs, processMessage, log });
}
