/**
 * A digest of a million events: how fast it becomes a card, and in how much memory. Seconds are of CPU, the collector's threads
 * included: on a quiet machine no fewer than have passed, and on a busy one the same.
 */
import { z } from 'zod';
import { profiled } from '../profile.ts';
import type { Suite } from '../suite.ts';
import { runWorker } from '../worker.ts';

const EVENTS = 1_000_000;
const answer = z.object({ seconds: z.number(), peakMb: z.number(), events: z.number() });

/** `summarise-per-second` and `summarise-peak-mb`. */
export const summarise: Suite = {
  name: 'summarise',
  figures: ['summarise-per-second', 'summarise-peak-mb'],
  steady: false,
  async *measure({ say }) {
    say(`${EVENTS} events`);
    const { seconds, peakMb, events } = await measureOnce();
    const where = () => profiled(measureOnce);
    yield { figure: { name: 'summarise-per-second', value: events / seconds, unit: 'events/s', n: events }, where };
    yield { figure: { name: 'summarise-peak-mb', value: peakMb, unit: 'MB', n: events }, where };
  },
};

async function measureOnce(env: Readonly<Record<string, string>> = {}) {
  const input = { events: EVENTS };
  return answer.parse(await runWorker({ script: 'summarise-million.ts', input, env, node: ['--expose-gc'] }));
}
