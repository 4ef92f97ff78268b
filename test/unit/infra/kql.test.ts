import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../../../infra/build-app.ts';
import { figureFaults } from '../../../infra/checks/bicep/compare-alerts.ts';
import { createAnalyseKql } from '../../../infra/checks/kql/analyse-kql.ts';
import { alertQueries, panelQueries } from '../../../infra/checks/kql/queries.ts';
import { runKql } from '../../../infra/checks/kql/run-kql.ts';
import { INSIGHTS_TABLES, type InsightsRow, type InsightsTable } from '../../../infra/local/insights/tables.ts';
import { COUNTERS, DISTRIBUTIONS } from '../../../shared/platform/telemetry/figures.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');

function metric(name: string, valueSum: number, reasons: Record<string, string> = {}, minutesAgo = 1): InsightsRow {
  const timestamp = new Date(NOW - minutesAgo * 60_000);
  return { timestamp, name, value: valueSum, valueSum, valueCount: 1, valueMax: valueSum, customDimensions: reasons };
}

function run(query: string, rows: Partial<Record<InsightsTable, readonly InsightsRow[]>>, windowMs?: number) {
  const empty = Object.fromEntries(INSIGHTS_TABLES.map((name) => [name, []]));
  const tables = { ...empty, ...rows } as Record<InsightsTable, readonly InsightsRow[]>;
  return runKql(query, { tables, now: NOW, ...(windowMs === undefined ? {} : { windowMs }) });
}

describe('every query that is deployed', () => {
  it('is KQL of these tables, by the word of Microsoft’s analyser', async () => {
    const analyse = createAnalyseKql();
    const queries = [...(await alertQueries()), ...panelQueries()];

    const faults = queries.flatMap(({ name, query }) => analyse(query).map((fault) => `${name}: ${fault}`));

    expect(queries.length).toBeGreaterThan(20);
    expect(faults).toEqual([]);
    expect(analyse('customMetrics | where nmae == 1 | foo')).toHaveLength(2);
  }, 60_000);

  it('looks for figures that are counted, and reasons that they have', async () => {
    const queries = [...(await alertQueries()), ...panelQueries()].filter(({ query }) => query.includes("'tidings."));

    expect(queries.flatMap(({ name, query }) => figureFaults(query).map((fault) => `${name}: ${fault}`))).toEqual([]);
  });

  it('shows every figure on some panel', () => {
    const shown = panelQueries()
      .map(({ query }) => query)
      .join();

    const missing = Object.keys({ ...COUNTERS, ...DISTRIBUTIONS }).filter((name) => !shown.includes(`'${name}'`));

    expect(missing).toEqual(['tidings.due.dispatched']); // `tidings.due.late` is of the same rows
  });
});

it('names panels in the runbooks as the workbook does', () => {
  const runbooks = readFileSync(join(projectDir, 'docs/runbooks.md'), 'utf8');
  const panels = new Set(panelQueries().map(({ name }) => name));

  const named = [...runbooks.matchAll(/[Pp]anel \*([^*]+)\*/g)].map(([, name = '']) => name);

  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !panels.has(name))).toEqual([]);
});

it('documents every figure with what it is told apart by', () => {
  const page = readFileSync(join(projectDir, 'docs/operations.md'), 'utf8');
  const rows = Object.entries({ ...COUNTERS, ...DISTRIBUTIONS }).map(([name, { unit, says, by }]) => {
    const reasons = by.map((reason) => `\`${reason}\``).join(', ');
    return `| \`${name}\` | ${unit.replace(/[{}]/g, '')} | ${says} | ${reasons || '–'} |`;
  });

  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
  expect(page.match(/^\| `tidings\./gm)).toHaveLength(rows.length);
});

describe('running KQL', () => {
  const rows = {
    customMetrics: [metric('a', 2, { kind: 'x' }, 1), metric('a', 3, { kind: 'y' }, 7), metric('b', 5, {}, 90)],
  };

  it.each([
    ["customMetrics | where name == 'a' | summarize n = sum(valueSum)", [{ n: 5 }]],
    ["customMetrics | where name == 'none' | summarize n = sum(valueSum), m = max(valueSum)", [{ n: 0, m: null }]],
    ["customMetrics | where name == 'none' | summarize n = count() by name", []],
    ['customMetrics | summarize n = countif(valueSum > 2), m = dcount(name)', [{ n: 2, m: 2 }]],
    [
      "customMetrics | extend kind = tostring(customDimensions.kind) | summarize n = sumif(valueSum, kind in ('x', 'y')) by name | order by n asc",
      [
        { name: 'b', n: 0 },
        { name: 'a', n: 5 },
      ],
    ],
    ["customMetrics | where toint(customDimensions.kind) >= 0 or name != 'a' | project name", [{ name: 'b' }]],
    ['customMetrics | where timestamp > ago(10m) | summarize n = min(valueSum + 1 * 2)', [{ n: 4 }]],
    [
      'customMetrics | summarize n = count() by at = bin(timestamp, 30m) | order by n desc | take 1 | project n',
      [{ n: 2 }],
    ],
    ["customMetrics | where not(name has 'a') and tostring(customDimensions['kind']) !in ('') | project name", []],
    ["customMetrics | where strcat(name, '-', 'c') endswith '-C' | summarize n = count()", [{ n: 3 }]],
  ])('%s', (query, expected) => {
    expect(run(query, rows)).toEqual(expected);
  });

  it('counts the last time alone where an alert says so', () => {
    expect(run('customMetrics | summarize n = count()', rows, 15 * 60_000)).toEqual([{ n: 2 }]);
  });

  it.each([
    ['customMetric | take 1', 'no table customMetric'],
    ['customMetrics | join traces', 'no operator join'],
    ['customMetrics | where strlen(name) > 1', 'no function strlen'],
    ['customMetrics | summarize n = percentile(valueSum, 95)', 'no aggregation percentile'],
    ['customMetrics | where nmae == 1', 'no column nmae'],
    ['customMetrics | summarize n = count() by bin(timestamp, 5m)', 'a name'],
    ['customMetrics | where name == 1', 'two types'],
    ["customMetrics | where name == 'a' ; drop", 'cannot read'],
    ['customMetrics | where (name', 'expected ")"'],
  ])('refuses %s', (query, words) => {
    expect(() => run(query, rows)).toThrow(words);
  });
});
