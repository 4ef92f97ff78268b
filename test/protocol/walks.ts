/** Many walks through many scenarios: what is sampled where the search cannot go to the end. */
import { loadProduct, type Product } from './product.ts';
import { scenarioOfSeed } from './scenario-of-seed.ts';
import { partsOf } from './search.ts';
import { startOf } from './start-of.ts';
import { storyOf } from './story.ts';
import { walk } from './walk.ts';

/** What walks came to. */
export interface Walks {
  readonly walks: number;
  readonly steps: number;
  /** Of each walk that ended badly, how. */
  readonly stories: readonly string[];
}

const products = new Map<string, Product>();

/** Walks through the scenario of a seed, `times` times. */
export async function walkThrough(seed: number, times: number): Promise<Walks> {
  const scenario = scenarioOfSeed(seed);
  const product = productOf(scenario.smaller ?? []);
  const parts = partsOf(product, scenario);
  const start = await startOf(product, scenario, parts.rows);
  const stories: string[] = [];
  let steps = 0;
  for (let number = 0; number < times; number++) {
    const walked = await walk(parts, start, seed * 1_000 + number);
    steps += walked.steps;
    if (walked.bad !== undefined) stories.push(storyOf(scenario, walked));
  }
  return { walks: times, steps, stories };
}

function productOf(smaller: Parameters<typeof loadProduct>[0] & object): Product {
  const key = smaller.map(({ from }) => from).join();
  const product = products.get(key) ?? loadProduct(smaller);
  products.set(key, product);
  return product;
}
