/** Every state that two messages, two senders and one crash can lead to, with every pair of clocks and the second message at any time. */
import { COMPLETE_AT_LENGTH } from './complete.ts';
import { loadProduct } from './product.ts';
import { search } from './search.ts';
import { storyOf } from './story.ts';

const product = loadProduct();

describe('every state of two messages, two senders and one crash', () => {
  it.each(COMPLETE_AT_LENGTH)(
    'is good: $title',
    async (scenario) => {
      const found = await search(product, scenario);

      expect(storyOf(scenario, found)).toBe('');
      expect(found.whole).toBe(true);
      expect(found.states).toBeGreaterThan(10_000); // a search that gets nowhere finds nothing either
    },
    1_200_000,
  );
});
