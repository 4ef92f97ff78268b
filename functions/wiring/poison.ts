/** Puts together what brings poison messages back. */
import { createPutBack, rescuePoison } from '../../shared/events/return-poison.ts';
import { createPoisonHandler } from '../poison.ts';
import { storage, telemetry } from './parts.ts';
import { deadLetters } from './tables.ts';

type Name = 'events' | 'digests';

/** The handler of a queue's poison twin. */
export async function poisonHandler(name: Name) {
  return createPoisonHandler(name, await putBackTo(name));
}

/** Empties both poison queues of what their triggers gave up. */
export async function rescueAllPoison(): Promise<number> {
  const made = await storage();
  const [events, digests] = [await putBackTo('events'), await putBackTo('digests')];
  const rescued = await Promise.allSettled([
    rescuePoison(made.queue('events-poison'), events),
    rescuePoison(made.queue('digests-poison'), digests),
  ]);
  return rescued.reduce((sum, result) => {
    if (result.status === 'rejected') throw result.reason;
    return sum + result.value;
  }, 0);
}

async function putBackTo(name: Name) {
  return createPutBack({
    name,
    queue: (await storage()).queue(name),
    deadLetters: await deadLetters(),
    telemetry: await telemetry(),
  });
}
