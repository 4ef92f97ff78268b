/** Bundles what browsers get: scripts and styles under names that say what they hold, and a list of these names for the server. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { writeIfChanged } from './write-if-changed.ts';

/** What to bundle, and the folder it goes to. */
export interface BundlePagesOptions {
  readonly sources: string;
  readonly outdir: string;
}

/** Every page's first file; what it loads later is cut off by esbuild. */
const ENTRIES = ['config/config.tsx', 'signed-in/signed-in.ts', 'styles/config.css', 'styles/site.css'];
/** The list of names, beside the files and served to nobody. */
const PAGE_FILES = 'page-files.json';

/**
 * Bundles to `<outdir>/pages/name.HASH.js`, and writes `<outdir>/page-files.json`: where each entry's file is.
 * Files of an earlier build go: a page names its files by what they hold, and pages are not cached.
 */
export async function bundlePages({ sources, outdir }: BundlePagesOptions): Promise<void> {
  const pages = join(outdir, 'pages');
  const { outputFiles, metafile } = await build({
    entryPoints: ENTRIES.map((entry) => join(sources, entry)),
    outdir: pages,
    entryNames: '[name].[hash]',
    chunkNames: '[name].[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    // Teams and Outlook run in browsers that keep themselves up to date.
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    legalComments: 'eof',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  await mkdir(pages, { recursive: true });
  await Promise.all(outputFiles.map(({ path, contents }) => writeIfChanged(path, contents)));
  await writeIfChanged(join(outdir, PAGE_FILES), Buffer.from(JSON.stringify(filesOf(metafile))));
  const written = new Set(outputFiles.map(({ path }) => basename(path)));
  const stale = (await readdir(pages)).filter((name) => !written.has(name) && !name.endsWith('.part'));
  await Promise.all(stale.map((name) => rm(join(pages, name), { force: true })));
}

/** By the entry's name, `config.js`: the file's, `pages/config.HASH.js`. */
function filesOf({ outputs }: Metafile): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    const isEntry = ENTRIES.some((entry) => entryPoint?.endsWith(`/${entry}`));
    if (isEntry) files[basename(path).replace(/\.[^.]+(\.\w+)$/, '$1')] = `pages/${basename(path)}`;
  }
  return files;
}
