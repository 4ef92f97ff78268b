/**
 * What becomes of one message, by the rules of the WebJobs SDK (QueueProcessor.cs in azure-sdk-for-net):
 *
 * | when | then |
 * |---|---|
 * | received more often than `maxDequeueCount` | not run; moved to the poison queue, where there is one |
 * | the function returned | deleted |
 * | it threw, fewer than `maxDequeueCount` receipts | visible again after `visibilityTimeout` |
 * | it threw, `maxDequeueCount` receipts or more | moved to the poison queue |
 * | it threw, and the queue is a poison queue itself | left hidden for the rest of the time it was received for |
 */
import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { RegisteredFunction } from './core-module.ts';
import type { HostJson } from './host-json.ts';
import { describeError, type HostLog } from './host-log.ts';
import type { Invoke } from './invoke.ts';
import { holdMessage } from './message-hold.ts';
import { decodeMessage, toQueueInput } from './queue-message.ts';
import { statusOf } from './storage-status.ts';

/** A queue trigger, resolved. */
export interface QueueProcessorOptions {
  readonly fn: RegisteredFunction;
  readonly queue: QueueClient;
  /** Undefined for a trigger on a poison queue. */
  readonly poisonQueue: QueueClient | undefined;
  readonly settings: HostJson['queues'];
  /** How long a message is hidden by each receipt and renewal. */
  readonly hiddenMs: number;
  readonly invoke: Invoke;
  readonly log: HostLog;
}

/** Runs the function on a message and settles the message. Never rejects: what fails is logged, and the message comes back. */
export function createQueueProcessor(options: QueueProcessorOptions) {
  const { fn, queue, poisonQueue, settings, hiddenMs, invoke, log } = options;
  const category = `Host.${fn.metadata.name}`;

  return async function processMessage(message: DequeuedMessageItem): Promise<void> {
    try {
      if (message.dequeueCount > settings.maxDequeueCount) return await moveToPoison(message, message.popReceipt);
      const text = decodeMessage(message.messageText, settings.messageEncoding);
      if (text === undefined) return await moveToPoison(message, message.popReceipt);

      const hold = holdMessage({ queue, message, hiddenMs, log });
      const succeeded = await invoke(fn, toQueueInput(message, text)).then(
        () => true,
        () => false,
      );
      await settle(message, await hold.release(), succeeded);
    } catch (error) {
      log.write('error', category, `A message could not be settled and will come back\n${describeError(error)}`);
    }
  };

  async function settle(message: DequeuedMessageItem, popReceipt: string, succeeded: boolean): Promise<void> {
    if (succeeded) return ignoringLoss(queue.deleteMessage(message.messageId, popReceipt));
    if (poisonQueue === undefined) return; // left hidden, so that it does not come back in a fast loop
    if (message.dequeueCount >= settings.maxDequeueCount) return moveToPoison(message, popReceipt);
    const seconds = Math.round(settings.visibilityTimeout / 1000);
    return ignoringLoss(queue.updateMessage(message.messageId, popReceipt, undefined, seconds));
  }

  async function moveToPoison(message: DequeuedMessageItem, popReceipt: string): Promise<void> {
    if (poisonQueue === undefined) return;
    log.write(
      'warning',
      category,
      `Message has reached MaxDequeueCount of ${settings.maxDequeueCount} or cannot be decoded. Moving message to queue '${poisonQueue.name}'.`,
    );
    await sendAndCreateIfMissing(poisonQueue, message.messageText);
    await ignoringLoss(queue.deleteMessage(message.messageId, popReceipt));
  }
}

/** Another receiver took the message over, or message or queue are gone: nothing is left to do. */
async function ignoringLoss(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (statusOf(error) !== 400 && statusOf(error) !== 404) throw error;
  }
}

async function sendAndCreateIfMissing(queue: QueueClient, text: string): Promise<void> {
  try {
    await queue.sendMessage(text);
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    await queue.createIfNotExists();
    await queue.sendMessage(text);
  }
}
