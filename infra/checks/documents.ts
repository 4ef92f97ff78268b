/** Documents against code: what a page lists is what the code has, and links lead somewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { settings } from '../../shared/platform/config.ts';
import { QUEUES, TABLES } from '../../shared/platform/storage-client.ts';
import { projectDir } from '../build-app.ts';
import { promiseFaults } from './promises.ts';
import { retentionFaults } from './retention.ts';
import { namedTestFaults, securityFaults } from './security.ts';
import { shellFaults } from './shell-blocks.ts';

/** Runs every comparison; prints each fault; true when there is none. */
export function checkDocuments(): boolean {
  const faults = [
    ...settingsFaults(),
    ...errorCodeFaults(),
    ...storageFaults(),
    ...retentionFaults(read('docs/operations.md')),
    ...scriptFaults(),
    ...linkFaults(),
    ...securityFaults(),
    ...pages().flatMap((page) => [...shellFaults(page, read(page)), ...namedTestFaults(page, read(page))]),
    ...promiseFaults(),
  ];
  for (const fault of faults) console.error(`  ${fault}`);
  return faults.length === 0;
}

function read(path: string): string {
  return readFileSync(join(projectDir, path), 'utf8');
}

/** The first cells of a table's rows that are code. */
function listed(markdown: string): Set<string> {
  return new Set([...markdown.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name ?? ''));
}

function compare(page: string, documented: ReadonlySet<string>, actual: Iterable<string>): string[] {
  const there = new Set(actual);
  return [
    ...[...there].filter((name) => !documented.has(name)).map((name) => `${page} does not list ${name}`),
    ...[...documented]
      .filter((name) => !there.has(name))
      .map((name) => `${page} lists ${name}, which is not in the code`),
  ];
}

function settingsFaults(): string[] {
  return compare('docs/configuration.md', listed(read('docs/configuration.md')), Object.keys(settings));
}

/** Codes stand in a union type: read from the source, since types leave nothing behind. */
function errorCodeFaults(): string[] {
  const union = /export type ErrorCode =([^;]*);/.exec(read('shared/platform/errors.ts'))?.[1] ?? '';
  const codes = [...union.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code ?? '');
  const section = /## Error codes\n([\s\S]*?)(?=\n## |$)/.exec(read('docs/operations.md'))?.[1] ?? '';
  return compare('docs/operations.md, "Error codes",', listed(section), codes);
}

function storageFaults(): string[] {
  const page = read('docs/architecture.md');
  return [...TABLES.map((name) => `\`${name}\``), ...QUEUES.map((name) => name)]
    .filter((name) => !page.includes(name))
    .map((name) => `docs/architecture.md does not mention ${name}`);
}

/** Every `npm run x` that a page names is a script. */
function scriptFaults(): string[] {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  return pages().flatMap((page) =>
    [...read(page).matchAll(/npm run ([a-z][a-z:-]*)/g)].flatMap(([, name = '']) =>
      name in scripts ? [] : [`${page} names "npm run ${name}", which is no script`],
    ),
  );
}

function linkFaults(): string[] {
  return pages().flatMap((page) =>
    [...withoutCode(read(page)).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].flatMap(([, target = '']) =>
      existsSync(join(projectDir, dirname(page), target)) ? [] : [`${page} links to ${target}, which is not there`],
    ),
  );
}

/** What stands between backticks is no link. */
function withoutCode(markdown: string): string {
  return markdown.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '');
}

/** Every Markdown page of the project. */
function pages(dir = projectDir): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory())
      return /^(node_modules|dist|\.git|\.local|coverage)$/.test(entry.name) ? [] : pages(join(dir, entry.name));
    return entry.name.endsWith('.md') ? [relative(projectDir, join(dir, entry.name))] : [];
  });
}
