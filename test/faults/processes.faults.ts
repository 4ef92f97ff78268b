/** Two processes, the same jobs, in hundreds of orders. */
import { isShort } from './form.ts';
import { LONG_DELAYS, race, SHORT_DELAYS } from './processes.ts';

/** A seed says all: what is sent, what is answered, who comes when. SEEDS=100 takes a hundred. */
const SEEDS = Array.from({ length: Number(process.env['SEEDS'] ?? (isShort ? 2 : 40)) }, (_, seed) => seed + 1);

describe('two processes with the same messages', () => {
  it.each(SEEDS)('send each digest once and keep order and identities, seed %i', async (seed) => {
    const { faults, cards, repeated, unclear } = await race(seed, SHORT_DELAYS);

    expect(faults).toEqual([]);
    expect(cards).toBeGreaterThan(0);
    expect(repeated).toBeLessThanOrEqual(unclear);
  });

  it.each(SEEDS)('that stop for longer than a lease repeat no more than is unclear, seed %i', async (seed) => {
    const { faults, repeated, unclear } = await race(1_000 + seed, LONG_DELAYS);

    expect(faults).toEqual([]);
    expect(repeated).toBeLessThanOrEqual(unclear);
  });
});
