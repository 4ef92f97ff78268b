/**
 * `npm run test:faults [-- GROUP… --short]`: what goes wrong, at volume. A group is a file `GROUP.faults.ts` of tests under
 * test/, or `test/faults/GROUP.program.ts`, which runs by itself and ends with a line of its own; none named: all of them.
 * `--short` is the form for every commit: a part of each group here; the groups elsewhere have theirs in `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '../..');
const ENDINGS = { tests: '.faults.ts', program: '.program.ts' } as const;
const { values, positionals } = parseArgs({ allowPositionals: true, options: { short: { type: 'boolean' } } });

const programs = readdirSync(here).filter((name) => name.endsWith(ENDINGS.program));
const tests = readdirSync(join(project, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith(ENDINGS.tests))
  .map((path) => join(project, 'test', path));
const groupOf = (path: string) => basename(path).replace(/\.(faults|program)\.ts$/, '');
const groups = [...tests, ...programs].map(groupOf);

const unknown = positionals.filter((name) => !groups.includes(name));
if (unknown.length > 0) {
  console.error(`There is no group "${unknown.join('", "')}". Groups: ${groups.join(', ')}.`);
  process.exit(1);
}
const isNamed = (path: string) => positionals.includes(groupOf(path));
const isChosen = (path: string) => positionals.length === 0 || isNamed(path);
const hasShortForm = (path: string) => values.short !== true || isNamed(path) || dirname(path) === here;
const env = { ...process.env, ...(values.short === true ? { FAULTS: 'short' } : {}) };

function run(...args: string[]): boolean {
  return spawnSync(process.execPath, args, { stdio: 'inherit', cwd: project, env }).status === 0;
}

function runTests(files: readonly string[]): boolean {
  if (files.length === 0) return true;
  const jest = join(project, 'node_modules/jest/bin/jest.js');
  return run(jest, '-c', join(here, 'jest.config.js'), '--verbose', '--runTestsByPath', ...files);
}

// Programs last: what they end with is the last line.
const ran = [
  runTests(tests.filter((path) => isChosen(path) && hasShortForm(path))),
  ...programs.filter(isChosen).map((name) => run('--import', 'tsx', join(here, name))),
];
process.exitCode = ran.every((went) => went) ? 0 : 1;
