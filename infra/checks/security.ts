/** `docs/security.md` against the tests: each threat names one that is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../build-app.ts';

/** A row of a table of threats. */
interface Threat {
  readonly line: number;
  readonly wants: string;
  readonly stops: string;
  readonly test: string;
}

/** Rows of the page's tables; titles and rules are left out. */
function threatsOf(page: string): Threat[] {
  return page.split('\n').flatMap((text, index) => {
    const cells = text.split('|').map((cell) => cell.trim());
    if (!text.startsWith('|') || /^\|[\s|:-]+$/.test(text) || cells[1] === 'they want') return [];
    return [{ line: index + 1, wants: cells[1] ?? '', stops: cells[2] ?? '', test: cells[3] ?? '' }];
  });
}

/** A line for each row without a test that is there. `page` is for tests. */
export function securityFaults(page = readFileSync(join(projectDir, 'docs/security.md'), 'utf8')): string[] {
  const threats = threatsOf(page);
  if (threats.length === 0) return ['docs/security.md lists no threat'];
  return threats.flatMap(({ line, wants, stops, test }) => {
    const where = `docs/security.md, line ${line}, "${wants}"`;
    const [, path, title] = /^`([^`]+\.test\.ts)`(?: “([^”]+)”)?$/.exec(test) ?? [];
    if (stops === '') return [`${where}: says nothing that stops it`];
    if (path === undefined) return [`${where}: names no test`];
    if (!existsSync(join(projectDir, path))) return [`${where}: there is no ${path}`];
    const source = readFileSync(join(projectDir, path), 'utf8');
    return title === undefined || source.includes(title) ? [] : [`${where}: ${path} has no test “${title}”`];
  });
}

/** Tests that any page names: the file is there, and so is the title beside it. */
export function namedTestFaults(page: string, markdown: string): string[] {
  const named = markdown.matchAll(/`(test\/[\w./-]+)`(?::? “([^”]+)”)?/g);
  return [...named].flatMap(([, path = '', title]) => {
    if (/\b[A-Z]{3,}\b/.test(path)) return []; // stands for any of its kind
    const file = join(projectDir, path);
    if (!existsSync(file)) return [`${page} names ${path}, which is not there`];
    if (title === undefined || !path.endsWith('.ts')) return [];
    return readFileSync(file, 'utf8').includes(title) ? [] : [`${page}: ${path} has no test “${title}”`];
  });
}
