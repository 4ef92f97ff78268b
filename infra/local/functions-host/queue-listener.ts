/** Polls a queue and runs its function on what it finds, as many at a time as `host.json` allows (QueueListener.cs). */
import { setTimeout } from 'node:timers/promises';
import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { HostJson } from './host-json.ts';
import { describeError, type HostLog } from './host-log.ts';
import type { Listener } from './listener.ts';
import { createPollingDelay } from './polling-delay.ts';

/** What to poll and who takes the messages. */
export interface QueueListenerOptions {
  readonly queue: QueueClient;
  readonly settings: HostJson['queues'];
  readonly hiddenMs: number;
  readonly processMessage: (message: DequeuedMessageItem) => Promise<void>;
  readonly log: HostLog;
}

/** Starts to poll. */
export function startQueueListener({ queue, settings, hiddenMs, processMessage, log }: QueueListenerOptions): Listener {
  const running = new Set<Promise<void>>();
  const nextDelayMs = createPollingDelay({ maxMs: settings.maxPollingInterval });
  const stopping = new AbortController();
  /** Waits, but not once the listener stops. */
  const pause = (ms: number) => setTimeout(ms, undefined, { signal: stopping.signal }).catch(() => {});
  const polling = poll();

  async function poll(): Promise<void> {
    let foundSinceLastDelay = false;
    while (!stopping.signal.aborted) {
      const messages = await receive();
      if (stopping.signal.aborted) return giveBack(messages);
      for (const message of messages) run(message);
      if (messages.length > 0) {
        foundSinceLastDelay = true;
        while (running.size > settings.newBatchThreshold && !stopping.signal.aborted) await Promise.race(running);
      } else {
        await pause(nextDelayMs(foundSinceLastDelay));
        foundSinceLastDelay = false;
      }
    }
  }

  function run(message: DequeuedMessageItem): void {
    const processing = processMessage(message).finally(() => running.delete(processing));
    running.add(processing);
  }

  async function receive(): Promise<readonly DequeuedMessageItem[]> {
    try {
      const received = await queue.receiveMessages({
        numberOfMessages: settings.batchSize,
        visibilityTimeout: Math.ceil(hiddenMs / 1000),
      });
      return received.receivedMessageItems;
    } catch (error) {
      if (!stopping.signal.aborted)
        log.write('warning', `Host.${queue.name}`, `The queue could not be polled\n${describeError(error)}`);
      return [];
    }
  }

  /** What arrived while stopping is visible to other instances at once instead of hidden for minutes. */
  async function giveBack(messages: readonly DequeuedMessageItem[]): Promise<void> {
    const back = messages.map(({ messageId, popReceipt }) => queue.updateMessage(messageId, popReceipt, undefined, 0));
    await Promise.allSettled(back);
  }

  return {
    async stop() {
      stopping.abort();
      await polling;
      await Promise.all(running);
    },
  };
}
