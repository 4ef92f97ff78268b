/** Cold start: process start to all functions registered, beside a function app of one line, bundled alike. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { buildAppIfStale, projectDir } from '../../../infra/build-app.ts';
import { bundleFunctions } from '../../../infra/bundle.ts';
import { localSettings } from '../../../infra/local/local-settings.ts';
import { profiled } from '../profile.ts';
import type { Suite } from '../suite.ts';

const run = promisify(execFile);
const ROUNDS = 25;
const worker = fileURLToPath(new URL('../workers/cold-start.mjs', import.meta.url));
const oneLine = fileURLToPath(new URL('../apps/one-line.ts', import.meta.url));
const settings = {
  ...localSettings({ publicUrl: '', microsoft365Url: 'http://127.0.0.1:7072' }),
  PUBLIC_URL: 'http://127.0.0.1:7071',
  KEY_VAULT_URL: 'https://127.0.0.1:8443',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};

/** `cold-start-ratio`, and until the settings are parsed too. */
export const coldStart: Suite = {
  name: 'cold-start',
  figures: ['cold-start-ratio', 'cold-start-ready-ratio'],
  steady: false,
  async *measure({ say }) {
    say(`${ROUNDS} starts of each, by turns`);
    const outdir = await mkdtemp(join(tmpdir(), 'tidings-one-line-'));
    try {
      await Promise.all([buildAppIfStale(), bundleFunctions({ entry: oneLine, outdir })]);
      const [least, ours] = [join(outdir, 'index.mjs'), join(projectDir, 'dist', 'functions', 'index.mjs')];
      const times: { ours: Start; least: Start }[] = [];
      for (let round = 0; round < ROUNDS; round++) times.push({ ours: await start(ours), least: await start(least) });
      const where = () => profiled((env) => start(ours, env));
      for (const [name, until] of [
        ['cold-start-ratio', 'registered'],
        ['cold-start-ready-ratio', 'ready'],
      ] as const) {
        const value = median(times.map((time) => time.ours[until]));
        const floor = median(times.map((time) => time.least[until]));
        yield { figure: { name, value, unit: 'ms', floor, ratio: value / floor, n: ROUNDS }, where };
      }
    } finally {
      await rm(outdir, { recursive: true, force: true });
    }
  },
};

/** Milliseconds from the start of a process. */
const startSchema = z.object({ registered: z.number(), ready: z.number() });
type Start = z.infer<typeof startSchema>;

async function start(entry: string, env: Readonly<Record<string, string>> = {}): Promise<Start> {
  const { stdout } = await run(process.execPath, [worker, entry], { env: { ...settings, ...env } });
  return startSchema.parse(JSON.parse(stdout));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
