/**
 * `npm run soak -- MINUTES [--seed N]`: two worker processes under load while everything around them fails now and then.
 * The last line is one JSON object; exit 0 only if every promise held. docs/performance.md, "Endurance".
 */
import { parseArgs } from 'node:util';
import { runSoak } from './run-soak.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' } } });
const minutes = Number(positionals[0] ?? 3);
const seed = Number(values.seed ?? 20_261_123);
if (!(minutes > 0 && minutes <= 24 * 60 && Number.isSafeInteger(seed))) {
  console.error('npm run soak -- MINUTES [--seed N], with more than 0 minutes and at most a day');
  process.exit(1);
}
const { result, faults } = await runSoak(minutes, seed, console.log);
for (const fault of faults) console.log(`does not hold: ${fault}`);
console.log(JSON.stringify(result));
process.exit(faults.length === 0 ? 0 : 1);
