/** What fuzzing found and reached, again: `npm run fuzz` has more, this is for every commit. */
import { readCorpus } from '../../fuzz/corpus.ts';
import { allTargets } from '../../fuzz/targets/all.ts';

const NAMES = [
  'queue-messages',
  'http-bodies',
  'queries',
  'headers',
  'tokens',
  'cards',
  'webhook-answers',
  'table-rows',
  'teamsjs-messages',
] as const;

it('keeps a corpus of every target', async () => {
  const targets = await allTargets();

  expect(targets.map(({ name }) => name)).toEqual(NAMES);
  expect(NAMES.filter((name) => readCorpus(name).length < 5)).toEqual([]);
});

// The real library of Teams is an ES module that wants a window: `npm run fuzz -- teamsjs-messages` runs it.
it.each(NAMES.filter((name) => name !== 'teamsjs-messages'))(
  'comes to the same as ever with what is kept of %s',
  async (name) => {
    const target = (await allTargets()).find((each) => each.name === name);
    const kept = readCorpus(name);

    const came = [];
    for (const { input } of kept) came.push(await target?.run(input));
    await target?.stop?.();

    expect(came).toEqual(kept.map(({ outcome }) => outcome));
  },
);
