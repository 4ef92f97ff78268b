/** A copy of the project to break: the working tree is never touched. Its packages are the working tree's. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Patch } from './mutations.ts';

const COPIED = ['functions', 'infra', 'shared', 'static', 'test', 'host.json', 'jest.config.js', 'package.json'];

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** Tests of one file, by their full titles. */
export interface Named {
  readonly test: string;
  readonly titles: readonly string[];
}

/** What named tests came to. `broken`: a file that could not even be run, which says nothing about a rule. */
export interface Came {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly broken: string | undefined;
}

/** The copy. */
export type ThrowawayCopy = ReturnType<typeof createThrowawayCopy>;

/** Makes it from the project in `project`. */
export function createThrowawayCopy(project: string) {
  const copy = mkdtempSync(join(realpathSync(tmpdir()), 'tidings-copy-'));
  for (const name of COPIED) cpSync(join(project, name), join(copy, name), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'), 'junction');

  /** Runs tests of files that share a configuration. */
  async function run(named: readonly Named[]): Promise<Came> {
    const output = join(copy, 'report.json');
    const isFaults = named.some(({ test }) => test.endsWith('.faults.ts'));
    const titles = named.flatMap((one) => one.titles.map(escaped));
    await node([
      join(copy, 'node_modules/jest/bin/jest.js'),
      ...['-c', join(copy, isFaults ? 'test/faults/jest.config.js' : 'jest.config.js')],
      ...['--json', `--outputFile=${output}`, '--runInBand', '--silent', '-t', `^(${titles.join('|')})$`],
      ...['--runTestsByPath', ...named.map(({ test }) => join(copy, test))],
    ]);
    const { testResults } = reportSchema.parse(JSON.parse(readFileSync(output, 'utf8')));
    rmSync(output);
    const results = testResults.flatMap(({ assertionResults }) => assertionResults);
    const withStatus = (wanted: string) =>
      results.flatMap(({ fullName, status }) => (status === wanted ? [fullName] : []));
    const broken = testResults.find(({ assertionResults }) => assertionResults.length === 0)?.message;
    return { passed: withStatus('passed'), failed: withStatus('failed'), broken };
  }

  /** Runs jest; its exit code says less than its report. */
  function node(args: readonly string[]): Promise<void> {
    const { FAULTS: _, ...env } = process.env; // a named test is always run whole
    const child = spawn(process.execPath, args, { cwd: copy, env, stdio: 'ignore' });
    return new Promise((resolve, reject) => child.on('error', reject).on('exit', () => resolve()));
  }

  return {
    run,

    /** Applies patches, runs, and takes them back. Throws where a patch does not fit any more. */
    async runWith(patches: readonly Patch[], named: Named): Promise<Came> {
      const whole = new Map(patches.map(({ file }) => [file, readFileSync(join(copy, file), 'utf8')]));
      const changed = new Map(whole);
      for (const patch of patches) changed.set(patch.file, patched(changed.get(patch.file) ?? '', patch));
      for (const [file, text] of changed) writeFileSync(join(copy, file), text);
      try {
        return await run([named]);
      } finally {
        for (const [file, text] of whole) writeFileSync(join(copy, file), text);
      }
    },

    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}

function patched(text: string, { file, from, to }: Patch): string {
  const places = text.split(from).length - 1;
  if (places !== 1) throw new Error(`${file} has ${places} places for a mutation that expects one: mend it:\n${from}`);
  return text.replace(from, () => to);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
