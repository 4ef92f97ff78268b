/** The table "Promises and their tests" against the tests: every promise has some, each file is there and has the titles named. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../build-app.ts';

const PAGE = 'docs/architecture.md';
const HEADING = '## Promises and their tests';
const PROMISES = 10;

/** What does not fit, as sentences. */
export function promiseFaults(): string[] {
  const page = readFileSync(join(projectDir, PAGE), 'utf8');
  const section = page.slice(page.indexOf(HEADING)).split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| (\d+) [^|]*\|(.*)\|$/gm)];
  const missing = Array.from({ length: PROMISES }, (_, index) => String(index + 1)).filter(
    (number) => !rows.some(([, promise, tests]) => promise === number && tests?.includes('`test/')),
  );
  return [
    ...missing.map((number) => `${PAGE} names no test for promise ${number}`),
    ...rows.flatMap(([, , tests = '']) => tests.split(' · ').flatMap(testFaults)),
  ];
}

/** One file with its titles. */
function testFaults(cell: string): string[] {
  const [, file] = /`(test\/[^`]+)`/.exec(cell) ?? [];
  if (file === undefined) return [`${PAGE} names no file in "${cell.trim()}"`];
  if (!existsSync(join(projectDir, file))) return [`${PAGE} names ${file}, which is not there`];
  const text = readFileSync(join(projectDir, file), 'utf8');
  const titles = [...cell.matchAll(/\*([^*]+)\*/g)].map(([, title]) => title ?? '');
  const unknown = titles.filter((title) => !text.includes(title));
  return [
    ...(titles.length === 0 ? [`${PAGE} names no title of ${file}`] : []),
    ...unknown.map((title) => `${PAGE} names "${title}", which is no title in ${file}`),
  ];
}
