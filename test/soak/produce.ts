/** The product: puts messages of events on the queue at a steady rate, and again what it does not know to be there. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Storage } from '../../shared/platform/storage-client.ts';
import type { Chances } from '../faults/random.ts';
import { EVENTS_PER_SECOND, nextMessage, PER_MESSAGE, type SoakEvent } from './plan.ts';

const BETWEEN_MS = (1000 * PER_MESSAGE) / EVENTS_PER_SECOND;
/** One message in so many is sent a second time, as products do that do not know. */
const TWICE_OF = 40;
const AGAIN_AFTER_MS = 500;

/** Sends for so long; resolves with every event once all are on the queue. */
export async function produce(storage: Storage, chances: Chances, forMs: number): Promise<SoakEvent[]> {
  const queue = storage.queue('events');
  const sent: SoakEvent[] = [];
  const sending: Promise<void>[] = [];
  const from = performance.now();
  for (let count = 0; count * BETWEEN_MS < forMs; count++) {
    await sleep(Math.max(0, from + count * BETWEEN_MS - performance.now()));
    const events = nextMessage(chances, sent.length);
    sent.push(...events);
    sending.push(put(JSON.stringify(events)));
    if (count % TWICE_OF === 0) sending.push(put(JSON.stringify(events)));
  }
  await Promise.all(sending);
  return sent;

  async function put(text: string): Promise<void> {
    for (;;) {
      try {
        await queue.sendMessage(text);
        return;
      } catch {
        await sleep(AGAIN_AFTER_MS); // storage is away
      }
    }
  }
}
