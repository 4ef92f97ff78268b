/** `npm run bench -- [--short] [NAME…]`: measures, prints a line of JSON for each figure, and fails where an aim is missed. */
import { parseArgs } from 'node:util';
import { judge, type Measured, rounded, toLine } from './figure.ts';
import type { Suite } from './suite.ts';
import { chosen, SUITES } from './suites.ts';

const HELP = `npm run bench -- [--short] [NAME…]

Measures the suites named, or those of the figures named; all of them without a name.
  --short   counts and sizes only, in about a minute: what is the same on a busy machine

Suites and their figures:
${SUITES.map(({ name, figures }) => `  ${name}: ${figures.join(', ')}`).join('\n')}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});
const say = (what: string) => console.error(`${(performance.now() / 1000).toFixed(0).padStart(5)} s  ${what}`);

async function main(): Promise<number> {
  if (values.help) return done(HELP);
  const suites = chosen(positionals, values.short);
  if (typeof suites === 'string') return failed(`${suites}\n\n${HELP}`);
  const measured: Measured[] = [];
  for (const suite of suites) measured.push(...(await measureAll(suite)));
  return summarise(measured);
}

async function measureAll({ name, measure }: Suite): Promise<Measured[]> {
  say(name);
  const measured: Measured[] = [];
  for await (const one of measure({ short: values.short, say: (what) => say(`${name}: ${what}`) })) {
    console.log(toLine(one.figure));
    measured.push(one);
  }
  return measured;
}

/** Prints what was missed and where it goes; the exit code. */
function summarise(measured: readonly Measured[]): number {
  const judged = measured.map((one) => ({ ...one, judgement: judge(one.figure) }));
  let missed = 0;
  for (const { figure, where, judgement } of judged) {
    if (judgement.is !== 'missed') continue;
    missed += 1;
    console.log(`\nmissed: ${figure.name} is ${rounded(judgement.measured)}, aim ${judgement.bound}. Where it goes:`);
    for (const line of where.slice(0, 40)) console.log(line);
  }
  const met = judged.filter(({ judgement }) => judgement.is === 'met').length;
  console.log(`\n${met} aims met, ${missed} missed, ${judged.length - met - missed} figures without an aim`);
  return missed === 0 ? 0 : 1;
}

function done(text: string): number {
  console.log(text);
  return 0;
}

function failed(text: string): number {
  console.error(text);
  return 2;
}

process.exitCode = await main();
