/** Retention as operators read it against the code: every row of the page's table stands in `shared/platform/retention.ts`, and every table is in it. */
import { RETENTION } from '../../shared/platform/retention.ts';
import { TABLES } from '../../shared/platform/storage-client.ts';

/** One line for each fault in the page's section "Retention". */
export function retentionFaults(page: string): string[] {
  const section = /## Retention\n([\s\S]*?)(?=\n## |$)/.exec(page)?.[1] ?? '';
  const written = new Set([...section.matchAll(/^\| `.*$/gm)].map(([row]) => row.trim()));
  const meant = RETENTION.map(({ table, what, kept }) => `| \`${table}\` | ${what} | ${kept} |`);
  const named = new Set<string>(RETENTION.map(({ table }) => table));
  return [
    ...meant.filter((row) => !written.has(row)).map((row) => `docs/operations.md, "Retention", lacks ${row}`),
    ...[...written]
      .filter((row) => !meant.includes(row))
      .map((row) => `docs/operations.md, "Retention", has ${row}, which shared/platform/retention.ts does not say`),
    ...TABLES.filter((name) => !named.has(name)).map(
      (name) => `shared/platform/retention.ts says nothing of table ${name}`,
    ),
  ];
}
