/** Walks through scenarios that seeds give: everything together, sampled. */
import { scenarioOfSeed } from './scenario-of-seed.ts';
import { walkThrough } from './walks.ts';

const SEEDS = Array.from({ length: 30 }, (_, index) => index + 1);
const WALKS = 5;

describe('walks with everything together', () => {
  it('meet every kind of wish, fault and clock', () => {
    const scenarios = SEEDS.map(scenarioOfSeed);

    const wishes = scenarios.flatMap(({ happenings = [] }) => happenings.map((happening) => happening.do));
    const faults = scenarios.flatMap(({ faults = {} }) => Object.entries(faults).filter(([, count]) => count > 0));
    const skews = scenarios.flatMap(({ receivers = [], senders = [] }) => [...receivers, ...senders]);

    expect(new Set(wishes)).toEqual(new Set(['emit', 'edit', 'pause', 'resume', 'send-now', 'remove', 'reconcile']));
    expect(new Set(faults.map(([fault]) => fault)).size).toBe(10);
    expect(new Set(skews)).toEqual(new Set([0, 30, 60]));
  });

  it.each(SEEDS)(
    'end well, seed %i',
    async (seed) => {
      const { stories, steps } = await walkThrough(seed, WALKS);

      expect(stories).toEqual([]);
      expect(steps).toBeGreaterThan(0);
    },
    120_000,
  );
});
