/** `npm run bench -- [--short] [NAME…]`: measures, prints a line of JSON for each figure, and fails where an aim is missed. */
import { parseArgs } from 'node:util';
import { type Judgement, judge, type Measured, rounded, toLine } from './figure.ts';
import type { Suite } from './suite.ts';
import { chosen, SUITES } from './suites.ts';

const MOST_LINES = 40;

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
  const judged: Judged[] = [];
  for (const suite of suites) judged.push(...(await measureAll(suite)));
  return summarise(judged);
}

/** A figure as it was judged; of a missed one, where it goes. */
interface Judged extends Measured {
  readonly judgement: Judgement;
  readonly goes: readonly string[];
}

async function measureAll({ name, measure }: Suite): Promise<Judged[]> {
  say(name);
  const judged: Judged[] = [];
  for await (const one of measure({ short: values.short, say: (what) => say(`${name}: ${what}`) })) {
    console.log(toLine(one.figure));
    const judgement = judge(one.figure);
    const isMissed = judgement.is === 'missed';
    if (isMissed) say(`${one.figure.name} misses its aim: looking where it goes`);
    judged.push({ ...one, judgement, goes: isMissed ? await one.where() : [] });
  }
  return judged;
}

/** Prints what was missed and where it goes; the exit code. */
function summarise(judged: readonly Judged[]): number {
  for (const { figure, judgement, goes } of judged) {
    if (judgement.is !== 'missed') continue;
    console.log(`\nmissed: ${figure.name} is ${rounded(judgement.measured)}, aim ${judgement.bound}. Where it goes:`);
    for (const line of goes.slice(0, MOST_LINES)) console.log(line);
  }
  const count = (is: Judgement['is']) => judged.filter(({ judgement }) => judgement.is === is).length;
  console.log(`\n${count('met')} aims met, ${count('missed')} missed, ${count('none')} figures without an aim`);
  return count('missed') === 0 ? 0 : 1;
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
