/** The watch over a whole run of jest: every process is told to look, and at the end nothing may have been found. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Begins, unless a run around this one watches already. */
export async function beginWatch(): Promise<void> {
  if (process.env['CANARY_LEAKS'] !== undefined) return;
  const dir = await mkdtemp(join(tmpdir(), 'tidings-canary-'));
  const leaks = join(dir, 'leaks.jsonl');
  process.env['CANARY_LEAKS'] = leaks;
  process.env['NODE_OPTIONS'] =
    `${process.env['NODE_OPTIONS'] ?? ''} --import=${await buildPreload(dir, leaks)}`.trim();
  globalThis.endCanaryWatch = async () => {
    const found = readLeaks(leaks);
    await rm(dir, { recursive: true, force: true });
    if (found.length > 0) throw new Error(`A secret got out ${found.length} times:\n${found.slice(0, 10).join('\n')}`);
  };
}

/** @throws Error that names each place at which a secret got out. */
export async function endWatch(): Promise<void> {
  await globalThis.endCanaryWatch?.();
}

/** What was found, a line each. */
export function readLeaks(file: string): string[] {
  return existsSync(file) ? [...new Set(readFileSync(file, 'utf8').trim().split('\n'))] : [];
}

/** The address of a module that watches the process that preloads it: JavaScript, since processes of the app know no TypeScript. */
export async function buildPreload(dir: string, leaks: string): Promise<string> {
  const outfile = join(dir, 'preload.mjs');
  const entry = join(dirname(fileURLToPath(import.meta.url)), 'preload.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' });
  const address = pathToFileURL(outfile);
  address.searchParams.set('leaks', leaks);
  return address.href;
}

declare global {
  var endCanaryWatch: (() => Promise<void>) | undefined;
}
