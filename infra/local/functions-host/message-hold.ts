/** Keeps a message hidden from other receivers while its invocation runs. */
import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import { describeError, type HostLog } from './host-log.ts';

/** Whose message it is, and for how long each renewal hides it. */
export interface MessageHoldOptions {
  readonly queue: QueueClient;
  readonly message: DequeuedMessageItem;
  readonly hiddenMs: number;
  readonly log: HostLog;
}

/** A message held; `release` stops the renewals and gives the pop receipt of the last one. */
export interface MessageHold {
  release(): Promise<string>;
}

/** Hides the message anew at half-time, again and again; a renewal that fails is tried sooner. */
export function holdMessage({ queue, message, hiddenMs, log }: MessageHoldOptions): MessageHold {
  let popReceipt = message.popReceipt;
  let renewing: Promise<void> | undefined;
  let timer = setTimeout(renew, hiddenMs / 2);

  function renew(): void {
    renewing = hide().finally(() => {
      renewing = undefined;
    });
  }
  async function hide(): Promise<void> {
    try {
      const renewed = await queue.updateMessage(message.messageId, popReceipt, undefined, Math.ceil(hiddenMs / 1000));
      popReceipt = renewed.popReceipt ?? popReceipt;
      timer = setTimeout(renew, hiddenMs / 2);
    } catch (error) {
      log.write('warning', `Host.${queue.name}`, `A running message could not be kept hidden\n${describeError(error)}`);
      timer = setTimeout(renew, hiddenMs / 8);
    }
  }
  return {
    async release() {
      clearTimeout(timer);
      await renewing;
      clearTimeout(timer);
      return popReceipt;
    },
  };
}
