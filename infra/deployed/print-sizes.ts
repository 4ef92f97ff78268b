/** `npm run deployed`: builds, and prints what a deployment takes along, by part, as the table of docs/performance.md. */
import { buildApp, projectDir } from '../build-app.ts';
import { deployedFiles, sizesByPart } from './deployed-files.ts';

await buildApp();
const kb = (bytes: number) => (bytes / 1000).toFixed(1);
console.log('| part | files | KB | KB compressed |\n|---|---|---|---|');
for (const { part, files, bytes, compressed } of sizesByPart(deployedFiles(projectDir)))
  console.log(`| ${part} | ${files} | ${kb(bytes)} | ${kb(compressed)} |`);
