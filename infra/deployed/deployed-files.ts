/** What is deployed: the project's files that `.funcignore` lets through, with their sizes. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import ignore from 'ignore';

/** A deployed file; `path` has slashes, sizes are in bytes. */
export interface DeployedFile {
  readonly path: string;
  readonly bytes: number;
  readonly compressed: number;
}

/** Reads `.funcignore` as git reads its own: azd and the Core Tools do. */
export function readFuncignore(projectDir: string): { ignores(path: string): boolean } {
  return ignore().add(readFileSync(join(projectDir, '.funcignore'), 'utf8'));
}

/** Every file that a deployment of `projectDir` takes along. */
export function deployedFiles(projectDir: string): DeployedFile[] {
  const ignored = readFuncignore(projectDir);
  const walk = (dir: string): string[] =>
    readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
      const path = join(dir, entry.name);
      const name = relative(projectDir, path).split(sep).join('/');
      if (ignored.ignores(entry.isDirectory() ? `${name}/` : name)) return [];
      return entry.isDirectory() ? walk(path) : [name];
    });
  return walk(projectDir).map((path) => {
    const file = join(projectDir, path);
    return { path, bytes: statSync(file).size, compressed: gzipSync(readFileSync(file)).length };
  });
}

/** A row of the table of sizes. */
export interface Part {
  readonly part: string;
  readonly files: number;
  readonly bytes: number;
  readonly compressed: number;
}

const PARTS: readonly (readonly [string, (path: string) => boolean])[] = [
  ['read at every start (`index.mjs`)', (path) => path === 'dist/functions/index.mjs'],
  ['code read when first needed', (path) => path.startsWith('dist/functions/') && path.endsWith('.mjs')],
  ['licences of what is bundled', (path) => path.startsWith('dist/functions/')],
  ['what a browser gets', (path) => path.startsWith('dist/static/')],
  ['the demonstration’s catalogue', (path) => path === 'dist/catalogue.json'],
  ['`host.json`, `package.json`', () => true],
];

/** Sizes by part; the last row is the sum. */
export function sizesByPart(files: readonly DeployedFile[]): Part[] {
  const parts = new Map(PARTS.map(([part]): [string, DeployedFile[]] => [part, []]));
  for (const file of files) parts.get(PARTS.find(([, isOne]) => isOne(file.path))?.[0] ?? '')?.push(file);
  const sum = (part: string, of: readonly DeployedFile[]): Part => ({
    part,
    files: of.length,
    bytes: of.reduce((total, { bytes }) => total + bytes, 0),
    compressed: of.reduce((total, { compressed }) => total + compressed, 0),
  });
  return [...[...parts].map(([part, of]) => sum(part, of)), sum('together', files)];
}
