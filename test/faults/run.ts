/**
 * `npm run test:faults [-- GROUP… --short]`: what goes wrong, at volume. A group is a file `test/faults/GROUP.faults.ts`,
 * tests, or `GROUP.program.ts`, which runs by itself and ends with a line of its own; none named: all of them. `--short` is
 * the form for every commit.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '../..');
const ENDINGS = { tests: '.faults.ts', program: '.program.ts' } as const;
const groupsOf = (ending: string) =>
  readdirSync(here).flatMap((name) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : []));
const tests = groupsOf(ENDINGS.tests);
const programs = groupsOf(ENDINGS.program);

const { values, positionals } = parseArgs({ allowPositionals: true, options: { short: { type: 'boolean' } } });
const unknown = positionals.filter((name) => !tests.includes(name) && !programs.includes(name));
if (unknown.length > 0) {
  console.error(`There is no group "${unknown.join('", "')}". Groups: ${[...tests, ...programs].join(', ')}.`);
  process.exit(1);
}
const isChosen = (name: string) => positionals.length === 0 || positionals.includes(name);
const env = { ...process.env, ...(values.short === true ? { FAULTS: 'short' } : {}) };

function run(...args: string[]): boolean {
  return spawnSync(process.execPath, args, { stdio: 'inherit', cwd: project, env }).status === 0;
}

function runTests(names: readonly string[]): boolean {
  if (names.length === 0) return true;
  const jest = join(project, 'node_modules/jest/bin/jest.js');
  const files = names.map((name) => join(here, name + ENDINGS.tests));
  return run(jest, '-c', join(here, 'jest.config.js'), '--verbose', '--runTestsByPath', ...files);
}

// Programs last: what they end with is the last line.
const ran = [
  runTests(tests.filter(isChosen)),
  ...programs.filter(isChosen).map((name) => run('--import', 'tsx', join(here, name + ENDINGS.program))),
];
process.exitCode = ran.every((went) => went) ? 0 : 1;
