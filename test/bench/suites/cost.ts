/** What a million events cost, from counts on the wire and list prices: one digest for each hundred events. */
import { total } from '../counts.ts';
import type { Measured } from '../figure.ts';
import { type PerEvent, usdOfInstances, usdPerMillion } from '../prices.ts';
import type { Suite } from '../suite.ts';
import { countDigests, DIGESTS } from './digest.ts';
import { drained } from './receiving.ts';

/** Events a second. */
const RATES = [1, 100, 10_000];
const DIGEST_EVENTS = 100;
/** Of a core, rounded up from `cpu-us-per-event` and profiles of one message an event and of `send-digest`. */
const CPU_SECONDS = { message: 0.002, digest: 0.03 };

/** `usd-per-million-events-*`, and compute time beside them. */
export const cost: Suite = {
  name: 'cost',
  figures: ['usd-per-million-events-m1', 'usd-per-million-events-m40', ...computeNames()],
  steady: false,
  async *measure(run) {
    const digests = await countDigests(run.say);
    for (const perMessage of [1, 40]) {
      const { counts, events } = await drained(run, { perMessage, subscriptions: 1 });
      const of = (service: string) =>
        total(counts, (kind) => kind.startsWith(service)) / events +
        total(digests, (kind) => kind.startsWith(service)) / DIGESTS / DIGEST_EVENTS;
      const each: PerEvent = {
        queueOperations: of('queue') + 1 / perMessage, // and the product's own put
        tableOperations: of('table'),
        executions: 1 / perMessage + 1 / DIGEST_EVENTS,
      };
      yield dollars(perMessage, each, events);
      for (const rate of RATES) yield compute(perMessage, rate);
    }
  },
};

function computeNames(): string[] {
  return [1, 40].flatMap((perMessage) => RATES.map((rate) => computeName(perMessage, rate)));
}

function computeName(perMessage: number, rate: number): string {
  return `usd-compute-per-month-m${perMessage}-at-${rate}`;
}

function dollars(perMessage: number, each: PerEvent, n: number): Measured {
  const name = `usd-per-million-events-m${perMessage}`;
  return {
    figure: { name, value: usdPerMillion(each), unit: 'USD', n },
    where: async () => Object.entries(each).map(([what, count]) => `${count.toFixed(4)} ${what} an event`),
  };
}

/** Instances of `receive-events` and of `send-digest`: each function has its own on Flex. */
function compute(perMessage: number, rate: number): Measured {
  const receiving = usdOfInstances(rate / perMessage, CPU_SECONDS.message);
  const sending = usdOfInstances(rate / DIGEST_EVENTS, CPU_SECONDS.digest);
  return {
    figure: { name: computeName(perMessage, rate), value: receiving + sending, unit: 'USD', n: rate },
    where: async () => [],
  };
}
