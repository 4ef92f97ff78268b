/**
 * `npm run fuzz [-- TARGET… --runs N --seed N --keep]`: inputs by the hundred thousand for whatever reads what others wrote.
 * One line of JSON a target; exit 0 only if nothing was found. `--keep` adds new outcomes to the corpus. docs/testing.md.
 */
import { parseArgs } from 'node:util';
import { addToCorpus, readCorpus } from './corpus.ts';
import { runTarget } from './run-target.ts';
import { allTargets } from './targets/all.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string' }, seed: { type: 'string' }, keep: { type: 'boolean' } },
});
const runs = Number(values.runs ?? 100_000);
const seed = Number(values.seed ?? 20_261_123);
const targets = await allTargets();
const names = targets.map(({ name }) => name);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0 || !(runs > 0)) {
  console.error(`npm run fuzz -- [TARGET…] [--runs N] [--seed N] [--keep]. Targets: ${names.join(', ')}.`);
  process.exit(1);
}
let found = 0;
for (const target of targets) {
  if (positionals.length > 0 && !positionals.includes(target.name)) continue;
  const began = performance.now();
  const run = await runTarget(target, runs, seed);
  const known = new Set(readCorpus(target.name).map(({ outcome }) => outcome));
  const line = {
    target: target.name,
    inputs: run.runs,
    outcomes: run.outcomes.size,
    new: [...run.outcomes.keys()].filter((outcome) => !known.has(outcome)).length,
    slowestMs: Math.round(run.slowestMs),
    seconds: Math.round((performance.now() - began) / 1000),
    ...(run.finding === undefined ? {} : { found: run.finding }),
  };
  console.log(JSON.stringify(line));
  if (values.keep === true) addToCorpus(target.name, run);
  if (run.finding !== undefined) found += 1;
}
process.exit(found === 0 ? 0 : 1);
