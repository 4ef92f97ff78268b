/** As many walks as one has time for: WALK_SEEDS scenarios, 400 unless told, from WALK_FROM on. */
import { walkThrough } from './walks.ts';

const FROM = Number(process.env['WALK_FROM'] ?? 1_000);
const SEEDS = Array.from({ length: Number(process.env['WALK_SEEDS'] ?? 400) }, (_, index) => FROM + index);
const WALKS = 20;

describe('many walks with everything together', () => {
  it.each(SEEDS)('end well, seed %i', async (seed) => {
    const { stories, steps } = await walkThrough(seed, WALKS);

    expect(stories).toEqual([]);
    expect(steps).toBeGreaterThan(0);
  });
});
