/** Builds `dist/`, which with `host.json` and `package.json` is the deployable function app. Run: `npm run build`. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFunctions } from './bundle.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

const from = performance.now();
await Promise.all([
  bundleFunctions({ entry: join(root, 'functions', 'index.ts'), outdir: join(dist, 'functions') }),
  // Further parts of dist/ go here, e.g. static/ to dist/static.
]);
console.log(`built dist/ in ${Math.round(performance.now() - from)} ms`);
