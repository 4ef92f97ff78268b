/** Microsoft's own compiler over the same files, where this machine has one: the Bicep CLI, or the Azure CLI's. */
import { spawnSync } from 'node:child_process';

/** What the compiler said: its name and version, and the faults. */
export interface Compiled {
  readonly compiler: string;
  readonly faults: readonly string[];
}

const COMPILERS = [
  { command: 'bicep', version: ['--version'], lint: ['lint'], build: ['build', '--stdout'] },
  {
    command: 'az',
    version: ['bicep', 'version'],
    lint: ['bicep', 'lint', '--file'],
    build: ['bicep', 'build', '--stdout', '--file'],
  },
] as const;

/** Builds and lints `file` (and the modules it names); undefined where there is no compiler. Warnings are faults. */
export function compileWithCli(file: string): Compiled | undefined {
  for (const { command, version, lint, build } of COMPILERS) {
    const asked = spawnSync(command, version, { encoding: 'utf8' });
    if (asked.status !== 0) continue;
    const runs = [lint, build].map((args) =>
      spawnSync(command, [...args, file], { encoding: 'utf8', maxBuffer: 1 << 26 }),
    );
    const faults = runs.flatMap(({ status, stderr }) => {
      const said = stderr.split('\n').filter((line) => /\b(error|warning)\b/i.test(line));
      return said.length > 0 || status === 0 ? said : [stderr.trim() || `${command} ended with ${status}`];
    });
    return { compiler: asked.stdout.trim().split('\n')[0] ?? command, faults: [...new Set(faults)] };
  }
  return undefined;
}
