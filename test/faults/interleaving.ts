/** Processes that run at the same time: one call of one of them at a time, in an order that a seed gives, and time passes between. */
import type { ManualClock } from '../world/manual-clock.ts';
import type { Chances } from './random.ts';
import type { Gate } from './wire.ts';

/** How long a process may stop before a call, in ms; a POST is not held up, since its client would give it up. */
export type Delays = (chances: Chances) => number;

/** A gate that all the processes share. */
export function createInterleaving(chances: Chances, clock: Pick<ManualClock, 'advance'>, delays: Delays): Gate {
  const waiting: { readonly name: string; readonly go: () => void }[] = [];
  let isBusy = false;
  let isLooking = false;

  /** Looks a little later: until then whoever just got an answer has made the next call. */
  function look(): void {
    if (isBusy || isLooking) return;
    isLooking = true;
    setImmediate(() => setImmediate(() => setImmediate(choose)));
  }

  function choose(): void {
    isLooking = false;
    const [chosen] = waiting.splice(chances.below(waiting.length), 1);
    if (chosen === undefined) return;
    isBusy = true;
    if (!chosen.name.startsWith('POST w')) clock.advance(delays(chances));
    chosen.go();
  }

  return async function through(name, make) {
    await new Promise<void>((go) => {
      waiting.push({ name, go });
      look();
    });
    try {
      return await make();
    } finally {
      isBusy = false;
      look();
    }
  };
}
