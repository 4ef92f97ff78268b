/** `npm run check`: format, lint, types, dependency rules, documents against code: all but the tests. Every check runs; the exit code tells of any failure. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../build-app.ts';
import { checkBicep } from './bicep/check-bicep.ts';
import { checkDocuments } from './documents.ts';

/** A package's command, run by Node itself, so that no shell is needed on any system. */
function tool(name: string, command: string, args: readonly string[]): boolean {
  const folder = join(projectDir, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const script = typeof bin === 'string' ? bin : bin[command];
  if (script === undefined) throw new Error(`${name} has no command ${command}`);
  return spawnSync(process.execPath, [join(folder, script), ...args], { stdio: 'inherit' }).status === 0;
}

const checks: readonly (readonly [string, () => boolean | Promise<boolean>])[] = [
  ['format and lint', () => tool('@biomejs/biome', 'biome', ['check', '--error-on-warnings', '.'])],
  ['types', () => tool('typescript', 'tsc', ['--noEmit', '-p', 'tsconfig.json'])],
  ['types of pages', () => tool('typescript', 'tsc', ['--noEmit', '-p', 'infra/local/microsoft365/pages'])],
  ["types of the owner's pages", () => tool('typescript', 'tsc', ['--noEmit', '-p', 'static'])],
  [
    'dependency rules',
    () =>
      tool('dependency-cruiser', 'depcruise', [
        '--config',
        '.dependency-cruiser.mjs',
        'functions',
        'shared',
        'static',
        'infra',
        'test',
      ]),
  ],
  ['documents against code', checkDocuments],
  ['Bicep', checkBicep],
];

let failed = 0;
for (const [name, run] of checks) {
  console.log(`— ${name}`);
  if (await run()) continue;
  failed += 1;
  console.error(`— ${name}: failed`);
}
console.log(failed === 0 ? 'All checks passed.' : `${failed} of ${checks.length} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;
