/**
 * Digests at volume through the local webhooks with every quirk on: `npm run test:faults -- deliveries`, or with
 * another number or seed `npx tsx test/faults/deliveries.program.ts --digests N --seed N`.
 * The last line is one JSON object; exit 0 only if the promises held. The same seed makes the same plan and the same chances.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Azurite, startAzurite } from '../../infra/local/azurite.ts';
import { planBusyDay, planOneEach } from './deliveries/plan.ts';
import { isWell, NOTHING, plus, type Result } from './deliveries/result.ts';
import { runRound } from './deliveries/round.ts';
import { createChances } from './random.ts';

/** A busy day comes to fewer digests than this. */
const MOST_OF_A_DAY = 420;
/** Channels that are told once, in the rounds that make up the number exactly. */
const ONE_EACH = 300;

/** Runs rounds until there were so many digests, exactly. */
async function runDeliveries(digests: number, seed: number): Promise<Result> {
  const chances = createChances(seed);
  let result = NOTHING;
  for (let rounds = 0; result.digests < digests; rounds++) {
    const left = digests - result.digests;
    const isBusy = rounds % 2 === 0 && left > MOST_OF_A_DAY;
    const plan = isBusy ? planBusyDay(chances) : planOneEach(chances, Math.min(left, ONE_EACH));
    const began = performance.now();
    const round = await runRound(plan, chances);
    result = plus(result, round);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    console.log(`${result.digests} of ${digests} digests, ${seconds} s: ${JSON.stringify(round)}`);
    if (round.digests === 0) break;
  }
  return result;
}

const { values } = parseArgs({ options: { digests: { type: 'string' }, seed: { type: 'string' } } });
const digests = Number(values.digests ?? (process.env['FAULTS'] === 'short' ? 500 : 10_000));
const seed = Number(values.seed ?? 20_261_123);
console.log(`${digests} digests, seed ${seed}`);

const dir = await mkdtemp(join(tmpdir(), 'tidings-deliveries-'));
let azurite: Azurite | undefined;
try {
  azurite = await startAzurite({ dir, inMemory: true });
  process.env['TEST_STORAGE'] = azurite.connectionString;
  const result = await runDeliveries(digests, seed);
  console.log(JSON.stringify(result));
  process.exitCode = isWell(result) && result.digests === digests ? 0 : 1;
} finally {
  await azurite?.stop();
  await rm(dir, { recursive: true, force: true });
}
