/** Puts together what brings poison messages back. */

import { createPoisonHandler } from '../poison.ts';
import { deadLetters, storage } from './parts.ts';

/** The handler of a queue's poison twin. */
export async function poisonHandler(name: 'events' | 'digests') {
  return createPoisonHandler({ name, queue: (await storage()).queue(name), deadLetters: await deadLetters() });
}
