/**
 * `npm run test:faults [-- GROUP… --short]`: what goes wrong, at volume. A group is a file `test/faults/GROUP.faults.ts`; none
 * named: all of them. `--short` is the form for every commit.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '../..');
const ENDING = '.faults.ts';
const groups = readdirSync(here).flatMap((name) => (name.endsWith(ENDING) ? [name.slice(0, -ENDING.length)] : []));

const { values, positionals } = parseArgs({ allowPositionals: true, options: { short: { type: 'boolean' } } });
const unknown = positionals.filter((name) => !groups.includes(name));
if (unknown.length > 0) {
  console.error(`There is no group "${unknown.join('", "')}". Groups: ${groups.join(', ')}.`);
  process.exit(1);
}
const chosen = positionals.length === 0 ? groups : positionals;
const { status } = spawnSync(
  process.execPath,
  [
    join(project, 'node_modules/jest/bin/jest.js'),
    ...['-c', join(here, 'jest.config.js')],
    '--verbose',
    '--runTestsByPath',
    ...chosen.map((name) => join(here, name + ENDING)),
  ],
  { stdio: 'inherit', cwd: project, env: { ...process.env, ...(values.short === true ? { FAULTS: 'short' } : {}) } },
);
process.exitCode = status ?? 1;
