/** Alerts against the code: a query looks for figures and reasons that the app counts, and each alert leads to its runbook. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COUNTERS, DISTRIBUTIONS } from '../../../shared/platform/telemetry/figures.ts';
import { projectDir } from '../../build-app.ts';
import { at, type BicepFile, sourceOf } from './read-bicep.ts';

/** An alert as declared. `window`: ISO 8601. */
export interface Alert {
  readonly name: string;
  readonly description: string;
  readonly window: string;
  readonly query: string;
}

/** The alerts of the file, in its order. */
export function alertsOf(file: BicepFile): Alert[] {
  const list = file.variables.find(({ name }) => name === 'alerts')?.value;
  return (list?.is === 'list' ? list.items : []).map((item) => ({
    name: sourceOf(at(item, 'name')),
    description: sourceOf(at(item, 'description')),
    window: sourceOf(at(item, 'window')),
    query: sourceOf(at(item, 'query')).trim(),
  }));
}

const FIGURES: Readonly<Record<string, { readonly by: readonly string[] }>> = { ...COUNTERS, ...DISTRIBUTIONS };

/** Names in a query that no figure has. */
export function figureFaults(query: string): string[] {
  const names = [...query.matchAll(/'(tidings\.[a-z.-]+)'/g)].map(([, name = '']) => name);
  const reasons = [...query.matchAll(/customDimensions(?:\.([A-Za-z]+)|\['([^'_]+)'\])/g)].map(
    ([, a, b]) => a ?? b ?? '',
  );
  const told = new Set(names.flatMap((name) => FIGURES[name]?.by ?? []));
  return [
    ...names.filter((name) => FIGURES[name] === undefined).map((name) => `nothing counts ${name}`),
    ...reasons.filter((reason) => !told.has(reason)).map((reason) => `its figures are not told apart by ${reason}`),
  ];
}

/** One line for each fault. */
export function compareAlerts(file: BicepFile): string[] {
  const runbooks = readFileSync(join(projectDir, 'docs/runbooks.md'), 'utf8');
  const headings = new Set([...runbooks.matchAll(/^## (\S+)$/gm)].map(([, heading = '']) => heading));
  const alerts = alertsOf(file);
  const links = file.root.text.match(/runbooks\.md#\$\{alert\.name\}/g) ?? [];
  return [
    ...(links.length === 2 ? [] : ['an alert names its runbook in its description and in a custom property']),
    ...alerts.flatMap(({ name, query }) => [
      ...figureFaults(query).map((fault) => `alert ${name}: ${fault}`),
      ...(headings.has(name) ? [] : [`docs/runbooks.md has no "## ${name}" for the alert of that name`]),
    ]),
    ...[...headings]
      .filter((heading) => !alerts.some(({ name }) => name === heading))
      .map((heading) => `docs/runbooks.md has "## ${heading}", which is no alert`),
  ];
}
