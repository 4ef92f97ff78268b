/** What `dist/` is made of, and whether it is older than what it is made from. */
import { cp, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFunctions } from './bundle.ts';

/** The top of the project, where `package.json` and `host.json` are. */
export const projectDir = fileURLToPath(new URL('..', import.meta.url));

const dist = join(projectDir, 'dist');
const CATALOGUE = join('infra', 'local', 'catalogue.json');
const SOURCES = ['functions', 'shared', 'static', 'package-lock.json', CATALOGUE];

/** Builds the whole of `dist/`. */
export async function buildApp(): Promise<void> {
  await Promise.all([
    bundleFunctions({ entry: join(projectDir, 'functions', 'index.ts'), outdir: join(dist, 'functions') }),
    cp(join(projectDir, 'static'), join(dist, 'static'), { recursive: true }),
    // The demonstration's: what a deployment shows until CATALOGUE names another.
    cp(join(projectDir, CATALOGUE), join(dist, 'catalogue.json')),
  ]);
}

/** Builds when a source is newer than the bundle; true when it did. */
export async function buildAppIfStale(): Promise<boolean> {
  const built = await changedAt(join(dist, 'functions', 'index.mjs'));
  const newest = await Promise.all(SOURCES.map((path) => newestIn(join(projectDir, path))));
  const isStale = Math.max(...newest) >= built;
  if (isStale) await buildApp();
  return isStale;
}

async function newestIn(path: string): Promise<number> {
  const names = await readdir(path, { recursive: true }).catch(() => []); // a file, or nothing
  const times = await Promise.all([path, ...names.map((name) => join(path, name))].map(changedAt));
  return Math.max(...times);
}

async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
