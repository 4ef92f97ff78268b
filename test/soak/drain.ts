/** After the last event: waits until everything is out, however long this machine takes, as long as something goes on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WALL_END } from './plan.ts';
import { countMessages, readDue, readHeads } from './stored.ts';
import type { SoakSystem } from './system.ts';

const LOOK_MS = 2_000;
/** Nothing went on for so long: longer than any window or lease makes anybody wait here. */
const PATIENCE_MS = 10 * 60_000;
/** And so long at most, whatever goes on. */
const LIMIT_MS = 60 * 60_000;

/** Drains; false when it gave up. `tell` gets a sentence now and then. */
export async function drain(system: SoakSystem, tell: (sentence: string) => void): Promise<boolean> {
  const { storage, setClock, microsoft365 } = system;
  const gaveUpAt = performance.now() + LIMIT_MS;
  const posts = () => microsoft365.api.requests.sums().requests;

  const received = await goesOn('events to be received', async () => {
    const left = (await countMessages(storage, 'events')) + (await countMessages(storage, 'events-poison'));
    return { left, seen: left };
  });
  // With the clock still fast, so that retries come soon; a webhook that failed for days would be given up.
  const recovered = await goesOn('failing channels to recover', async () => {
    const failing = (await readHeads(storage)).filter(({ health }) => health?.failingSince !== undefined).length;
    return { left: failing, seen: `${failing} ${posts()}` };
  });
  // One due time of every schedule comes at once: the digests of what waits.
  await setClock({ wall: WALL_END, rate: 1 });
  let quiet = 0;
  const sent = await goesOn('digests to be sent', async () => {
    const late = (await readDue(storage)).filter((dueAt) => dueAt <= WALL_END).length;
    const busy = (await readHeads(storage)).filter((head) => head.digest !== undefined || head.lease !== undefined);
    const jobs = (await countMessages(storage, 'digests')) + (await countMessages(storage, 'digests-poison'));
    const left = late + busy.length + jobs;
    quiet = left === 0 ? quiet + 1 : 0;
    return { left: quiet > 1 ? 0 : Math.max(1, left), seen: `${left} ${posts()}` };
  });
  return received && recovered && sent;

  /** Looks until nothing is left; `seen` changes as long as something goes on. */
  async function goesOn(
    what: string,
    look: () => Promise<{ readonly left: number; readonly seen: unknown }>,
  ): Promise<boolean> {
    let before: unknown;
    let changedAt = performance.now();
    for (let looks = 0; ; looks++) {
      const { left, seen } = await look();
      if (left === 0) return true;
      const now = performance.now();
      if (seen !== before) changedAt = now;
      before = seen;
      if (now - changedAt > PATIENCE_MS || now > gaveUpAt) {
        tell(`waited in vain for ${what}: ${left} left`);
        return false;
      }
      if (looks % 5 === 0) tell(`waiting for ${what}: ${left} left`);
      await sleep(LOOK_MS);
    }
  }
}
