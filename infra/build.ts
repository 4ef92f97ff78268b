/** `npm run build`: makes `dist/`, which with `host.json` and `package.json` is the deployable function app. */
import { buildApp } from './build-app.ts';

const from = performance.now();
await buildApp();
console.log(`built dist/ in ${Math.round(performance.now() - from)} ms`);
