/** What is deployed, in kilobytes, by part. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildApp, projectDir } from '../../../infra/build-app.ts';
import type { Measured } from '../figure.ts';
import type { Suite } from '../suite.ts';

const KB = 1024;

/** A deployed file. */
interface Deployed {
  readonly path: string;
  readonly bytes: number;
}

/** `bundle-kb` and its parts. */
export const bundle: Suite = {
  name: 'bundle',
  figures: ['bundle-kb', 'bundle-kb-start', 'bundle-kb-triggers', 'bundle-kb-source-maps', 'bundle-kb-static'],
  steady: true,
  async *measure() {
    await buildApp();
    const files = await deployed();
    const start = await readAtStart();
    const isScript = ({ path }: Deployed) => path.endsWith('.mjs');
    yield part('bundle-kb', files);
    yield part(
      'bundle-kb-start',
      files.filter(({ path }) => start.has(path)),
    );
    yield part(
      'bundle-kb-triggers',
      files.filter((file) => isScript(file) && !start.has(file.path)),
    );
    yield part(
      'bundle-kb-source-maps',
      files.filter(({ path }) => path.endsWith('.map')),
    );
    yield part(
      'bundle-kb-static',
      files.filter(({ path }) => path.startsWith('dist/static/')),
    );
  },
};

async function deployed(): Promise<Deployed[]> {
  const inDist = await readdir(join(projectDir, 'dist'), { recursive: true });
  const paths = ['host.json', 'package.json', ...inDist.map((name) => `dist/${name.replaceAll('\\', '/')}`)];
  const files = await Promise.all(paths.map(async (path) => ({ path, stats: await stat(join(projectDir, path)) })));
  return files.filter(({ stats }) => stats.isFile()).map(({ path, stats }) => ({ path, bytes: stats.size }));
}

/** The entry and what it imports without waiting for a call: read at every cold start. */
async function readAtStart(): Promise<ReadonlySet<string>> {
  const found = new Set(['dist/functions/index.mjs']);
  for (const path of found) {
    const text = await readFile(join(projectDir, path), 'utf8');
    for (const [, name] of text.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+\.mjs)"/g))
      found.add(`dist/functions/${name}`);
  }
  return found;
}

function part(name: string, files: readonly Deployed[]): Measured {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const largest = files.toSorted((a, b) => b.bytes - a.bytes);
  return {
    figure: { name, value: Math.round(bytes / KB), unit: 'KB', n: files.length },
    where: async () => largest.map((file) => `${Math.round(file.bytes / KB)} KB  ${file.path}`),
  };
}
