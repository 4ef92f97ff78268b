/** Every rule of the protocol broken on purpose: a named test turns red for each. */
import { join } from 'node:path';
import { sample } from './form.ts';
import { MUTATIONS } from './mutations.ts';
import { createThrowawayCopy, type Named, type ThrowawayCopy } from './throwaway-copy.ts';

const ONE_OF = 5;
const mutations = sample(MUTATIONS, ONE_OF, 'mutations');
const FAULTS_FILE = /\.faults\.ts$/;

let copy: ThrowawayCopy;
beforeAll(() => {
  copy = createThrowawayCopy(join(__dirname, '../..'));
});
afterAll(() => copy.remove());

it('as long as no rule is broken, the named tests pass', async () => {
  const named = mutations.map(({ test, title }): Named => ({ test, titles: [title] }));

  const came = [
    await copy.run(named.filter(({ test }) => FAULTS_FILE.test(test))),
    await copy.run(named.filter(({ test }) => !FAULTS_FILE.test(test))),
  ];

  expect(came.flatMap(({ failed }) => failed)).toEqual([]);
  const passed = came.flatMap((one) => one.passed);
  expect(mutations.filter(({ title }) => !passed.includes(title))).toEqual([]);
}, 1_800_000);

describe('code that', () => {
  it.each(mutations.map((mutation) => [mutation.breaks, mutation.rule, mutation.title, mutation] as const))(
    '%s (rule %i) turns red: %s',
    async (_breaks, _rule, title, { patches, test }) => {
      const { failed, broken } = await copy.runWith(patches, { test, titles: [title] });

      expect(broken).toBeUndefined();
      expect(failed).toEqual([title]);
    },
  );
});
