/** Every query that we deploy: those of the alerts, and those of the workbook's panels. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectDir } from '../../build-app.ts';
import { alertsOf } from '../bicep/compare-alerts.ts';
import { readBicep } from '../bicep/read-bicep.ts';

/** A query and what it is for; `windowMs`: an alert looks at this last time only. */
export interface DeployedQuery {
  readonly of: 'alert' | 'panel';
  readonly name: string;
  readonly query: string;
  readonly windowMs?: number;
}

const DEPLOYED = join(projectDir, 'infra', 'azure', 'app');
const workbookSchema = z.object({
  items: z.array(z.object({ name: z.string(), content: z.object({ query: z.string().optional() }) })),
});

/** The panels that have a query, in the workbook's order. */
export function panelQueries(): DeployedQuery[] {
  const { items } = workbookSchema.parse(JSON.parse(readFileSync(join(DEPLOYED, 'workbook.json'), 'utf8')));
  return items.flatMap(({ name, content: { query } }) => (query === undefined ? [] : [{ of: 'panel', name, query }]));
}

/** The alerts, in the file's order. */
export async function alertQueries(): Promise<DeployedQuery[]> {
  const file = await readBicep(readFileSync(join(DEPLOYED, 'alerts.bicep'), 'utf8'));
  return alertsOf(file).map(({ name, query, window }) => ({
    of: 'alert',
    name,
    query,
    windowMs: milliseconds(window),
  }));
}

/** `PT15M`, `PT1H`. */
function milliseconds(window: string): number {
  const [, hours = '0', minutes = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(window) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
}
