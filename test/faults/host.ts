/**
 * The function host under the test's hand: queues whose messages are hidden while they are worked on and shown again when
 * their worker died (ten minutes) or failed (host.json: 30 s, five times, then the poison twin).
 */
import { randomUUID } from 'node:crypto';
import type { ManualClock } from '../world/manual-clock.ts';

/** The queues with a trigger. */
export const TRIGGERS = ['events', 'digests', 'events-poison', 'digests-poison'] as const;
export type QueueName = (typeof TRIGGERS)[number];

/** A message at rest. */
export interface Message {
  readonly id: string;
  readonly queue: QueueName;
  readonly text: string;
  readonly insertedAt: number;
  showsAt: number;
  receipts: number;
}

/** How long the host hides a message that is worked on: QueueProcessor in azure-webjobs-sdk. */
export const RUNNING_HIDDEN_MS = 600_000;
const AFTER_FAILURE_MS = 30_000;
const MOST_RECEIPTS = 5;

function poisonOf(queue: QueueName): QueueName {
  return queue === 'events' ? 'events-poison' : 'digests-poison';
}

/** Hands a message to a process. */
export type Handle = (message: Message) => Promise<void>;

/** The queues. */
export type Host = ReturnType<typeof createHost>;

/** Empty queues. */
export function createHost(clock: ManualClock) {
  const messages: Message[] = [];

  async function put(queue: QueueName, text: string, hiddenForMs = 0): Promise<void> {
    const showsAt = clock.elapsed() + Math.max(0, hiddenForMs);
    messages.push({ id: randomUUID(), queue, text, insertedAt: clock.realNow(), showsAt, receipts: 0 });
  }

  function remove(message: Message): void {
    messages.splice(messages.indexOf(message), 1);
  }

  return {
    messages,
    put,
    remove,

    /** The message that shows, or the longest visible of several. */
    shown(): Message | undefined {
      return messages
        .filter(({ showsAt }) => showsAt <= clock.elapsed())
        .sort((a, b) => a.showsAt - b.showsAt)
        .at(0);
    },

    /** When the next message shows, by elapsed time. */
    nextShowsAt(): number {
      return Math.min(...messages.map(({ showsAt }) => showsAt));
    },

    /** Gives a message to a process. While the promise is open, and if it never settles, the message is hidden. */
    async run(message: Message, handle: Handle): Promise<void> {
      message.showsAt = clock.elapsed() + RUNNING_HIDDEN_MS;
      message.receipts += 1;
      try {
        await handle(message);
        remove(message);
      } catch {
        const isPoison = message.queue.endsWith('-poison');
        if (isPoison && message.receipts < MOST_RECEIPTS) return; // it stays hidden as it is
        if (isPoison)
          message.showsAt = Number.POSITIVE_INFINITY; // given up; reconcile looks for these
        else if (message.receipts < MOST_RECEIPTS) message.showsAt = clock.elapsed() + AFTER_FAILURE_MS;
        else {
          remove(message);
          await put(poisonOf(message.queue), message.text);
        }
      }
    },
  };
}
