/** Bundles function apps with esbuild: one file for the start, others read when they are needed. */
import { mkdir, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { writeIfChanged } from './write-if-changed.ts';

/** What to bundle, and the folder it goes to. */
export interface BundleOptions {
  readonly entry: string;
  readonly outdir: string;
}

// esbuild turns packages written as CommonJS into ES modules but leaves two kinds of `require` as calls: Node's own modules
// and '@azure/functions-core'. They need a real `require`, because the Node.js worker answers '@azure/functions-core' by
// patching Module.prototype.require (azure-functions-nodejs-worker, src/setupCoreModule.ts); an `import` it cannot answer.
const REQUIRE = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
].join('');

/** zod exports its messages in fifty languages by name, 300 KB that no bundler may drop; faults in settings are said in English. */
const onlyEnglishZod: Plugin = {
  name: 'only-english-zod',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

/**
 * Reads `import { z } from 'zod'` as `import * as z from 'zod'`: of a namespace imported as such esbuild leaves out what nobody
 * uses, of one that another module hands on it does not, and zod is what every start reads first.
 */
const onlyUsedZod: Plugin = {
  name: 'only-used-zod',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](functions|shared|infra)[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/^import \{ z \} from 'zod';$/m, "import * as z from 'zod';"),
      loader: 'ts',
    }));
  },
};

/**
 * Bundles a function app: `<outdir>/index.mjs` with what every start needs, and beside it one file for each `import()`,
 * read when first called. All files are in one folder, so that `import.meta.url` is a sibling's in each of them.
 * Identifiers stay as written: stack traces and error names are read by people.
 */
export async function bundleFunctions({ entry, outdir }: BundleOptions): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: { index: entry },
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['@azure/functions-core'],
    banner: { js: REQUIRE },
    plugins: [onlyEnglishZod, onlyUsedZod],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'linked',
    sourcemap: 'linked',
    sourcesContent: false,
    write: false,
    logLevel: 'warning',
  });
  await mkdir(outdir, { recursive: true });
  await Promise.all(outputFiles.map(({ path, contents }) => writeIfChanged(path, contents)));
  const written = new Set(outputFiles.map(({ path }) => basename(path)));
  const stale = (await readdir(outdir)).filter((name) => !written.has(name) && !name.endsWith('.part'));
  await Promise.all(stale.map((name) => rm(join(outdir, name), { recursive: true, force: true })));
  // Says when it was last built, though nothing may have changed.
  const now = new Date();
  await utimes(join(outdir, 'index.mjs'), now, now);
}
