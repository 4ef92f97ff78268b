/** What `dist/` is made of, and whether it is older than what it is made from. */
import { cp, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildHelp } from './build-help.ts';
import { bundleFunctions } from './bundle.ts';
import { bundlePages } from './bundle-pages.ts';

/** The top of the project, where `package.json` and `host.json` are. */
export const projectDir = fileURLToPath(new URL('..', import.meta.url));

const dist = join(projectDir, 'dist');
const CATALOGUE = join('infra', 'local', 'catalogue.json');
const HELP = [join('docs', 'for-owners.md'), join('docs', 'pictures', 'owners')];
const SOURCES = ['functions', 'shared', 'static', 'package-lock.json', CATALOGUE, ...HELP];

/** Builds the whole of `dist/`. */
export async function buildApp(): Promise<void> {
  const files = join(dist, 'static');
  await mkdir(files, { recursive: true });
  await Promise.all([
    bundlePages({ sources: join(projectDir, 'static'), outdir: files }),
    buildHelp({ docs: join(projectDir, 'docs'), outdir: files }),
    cp(join(projectDir, 'static', 'brand'), join(files, 'brand'), { recursive: true }),
    // The demonstration's: what a deployment shows until CATALOGUE names another.
    cp(join(projectDir, CATALOGUE), join(dist, 'catalogue.json')),
  ]);
  // Last: its time is what `buildAppIfStale` goes by.
  await bundleFunctions({ entry: join(projectDir, 'functions', 'index.ts'), outdir: join(dist, 'functions') });
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
