/** Pacing over a simulated day: processes whose clocks differ, random bursts, and a webhook that counts what arrives. */
import fc from 'fast-check';
import { nextSlot, PACING, type Paced, withLastSlotAt, withSlot } from '../../../shared/delivery/pacing.ts';
import type { WebhookKind } from '../../../shared/subscriptions/webhook.ts';

const START = Date.parse('2026-11-23T00:00:00Z');
const DAY = 24 * 3_600_000;

interface Worker {
  readonly process: string;
  readonly skewMs: number;
}

/** When each POST arrived, by the webhook's clock. Chances are a stream of numbers in [0, 1). */
function simulate(kind: WebhookKind, workers: readonly Worker[], chances: () => number): number[] {
  const arrived: number[] = [];
  let paced: Paced = { slots: [] };
  for (let time = START; time < START + DAY; ) {
    const worker = workers[Math.floor(chances() * workers.length)] ?? workers[0];
    if (worker === undefined) throw new Error('nobody works');
    const pacer = { now: time + worker.skewMs, process: worker.process };
    const slot = nextSlot(kind, paced, pacer);
    if (slot > pacer.now) {
      // A job waits for its slot; now and then another process's job comes earlier.
      time += chances() < 0.2 ? 1 + chances() * 5_000 : slot - pacer.now;
      continue;
    }
    const takesMs = chances() < 0.05 ? chances() * 30_000 : chances() * 200;
    paced = withSlot(paced, pacer);
    arrived.push(time + chances() * takesMs);
    time += takesMs;
    paced = withLastSlotAt(paced, time + worker.skewMs);
    if (chances() < 0.02) time += chances() * 3_600_000; // quiet, then the next burst
  }
  return arrived;
}

function violations(kind: WebhookKind, arrived: readonly number[]): string[] {
  return PACING[kind].flatMap(({ posts, ms }) => {
    const first = arrived.findIndex((at, index) => (arrived[index + posts] ?? Number.POSITIVE_INFINITY) - at < ms);
    return first === -1 ? [] : [`${posts + 1} in ${ms} ms from ${new Date(arrived[first] ?? 0).toISOString()}`];
  });
}

function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each(['connector', 'workflow'] as const)('a %s', (kind) => {
  it('never gets more than a window allows, whatever the clocks of two processes say', () => {
    const clocks = fc.constantFrom(-60_000, -30_000, -1_000, 0, 1_000, 30_000, 60_000);
    const skews = fc.tuple(clocks, clocks).filter(([a, b]) => Math.abs(a - b) <= 60_000);

    fc.assert(
      fc.property(skews, fc.integer(), ([a, b], seed) => {
        const workers = [
          { process: 'a', skewMs: a },
          { process: 'b', skewMs: b },
        ];

        expect(violations(kind, simulate(kind, workers, seeded(seed)))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('gets nearly all that a day allows, also from two processes', () => {
    const restless = seeded(7);
    const chances = () => 0.02 + restless() * 0.98; // never quiet, never slow
    const alone = simulate(kind, [{ process: 'a', skewMs: 0 }], chances).length;
    const together = simulate(
      kind,
      [
        { process: 'a', skewMs: 0 },
        { process: 'b', skewMs: -60_000 },
      ],
      chances,
    ).length;

    expect(alone).toBeGreaterThan(1_750);
    expect(together).toBeGreaterThan(1_650);
  });
});
