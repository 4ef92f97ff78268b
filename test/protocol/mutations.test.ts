/** The protocol with each rule taken out in turn: the search must find what comes of it, and nothing where the rule stands. */
import { MUTATIONS } from './mutations.ts';
import { loadProduct } from './product.ts';
import { search } from './search.ts';
import { storyOf } from './story.ts';

/** Some go through ten thousand states, on a machine that may have other things to do. */
const TIME_MS = 300_000;

describe.each(MUTATIONS)('rule $rule, $without', ({ patches, scenario, shows }) => {
  const titled = { ...scenario, title: 'as it is written' };
  const { smaller = [] } = titled;

  it(
    'is needed: without it a bad state is reached',
    async () => {
      const found = await search(loadProduct([...smaller, ...patches]), titled);

      expect(shows).toContain(found.bad?.name);
      expect(found.trace).not.toEqual([]);
    },
    TIME_MS,
  );

  it(
    'is kept by the code: none is reached in the same scenario, gone through to its end',
    async () => {
      const found = await search(loadProduct(smaller), titled);

      expect(storyOf(titled, found)).toBe('');
      expect(found.whole).toBe(true);
    },
    TIME_MS,
  );
});
