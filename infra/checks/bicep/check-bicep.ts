/** `npm run check:bicep`: parses and lints `infra/azure`, and compares it with the code; compiles it too where there is a compiler. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { settings } from '../../../shared/platform/config.ts';
import { POISON_QUEUES, QUEUES, TABLES } from '../../../shared/platform/storage-client.ts';
import { projectDir } from '../../build-app.ts';
import { compareAlerts } from './compare-alerts.ts';
import { type CodeSide, compareRoles, compareSettings, compareStorage, strayGrants } from './compare-with-code.ts';
import { compileWithCli } from './compile-with-cli.ts';
import { type BicepFiles, lintBicep } from './lint-bicep.ts';
import { parserName } from './parse-bicep.ts';
import { type BicepFile, readBicep } from './read-bicep.ts';

const azureDir = join(projectDir, 'infra', 'azure');

/** Every Bicep file of `infra/azure` by its path there, with slashes. */
export async function readAzure(): Promise<BicepFiles> {
  const names = readdirSync(azureDir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.bicep'));
  const read = names.sort().map(async (name): Promise<[string, BicepFile]> => {
    const path = join(azureDir, name);
    return [relative(azureDir, path).split(sep).join('/'), await readBicep(readFileSync(path, 'utf8'))];
  });
  return new Map(await Promise.all(read));
}

/** What `infra/azure` is compared with. */
export function codeSide(): CodeSide {
  const { roles } = JSON.parse(
    readFileSync(join(projectDir, 'infra/checks/bicep/built-in-roles.json'), 'utf8'),
  ) as CodeSide;
  return { settings, queues: [...QUEUES, ...POISON_QUEUES], tables: TABLES, roles };
}

/** Runs everything; prints what it used and each fault; true when there is none. */
export async function checkBicep(): Promise<boolean> {
  const files = await readAzure();
  const code = codeSide();
  const part = (path: string) => {
    const file = files.get(path);
    if (file === undefined) throw new Error(`infra/azure/${path} is missing`);
    return file;
  };
  const compiled = compileWithCli(join(azureDir, 'main.bicep'));
  console.log(`  ${files.size} Bicep files parsed by ${parserName()}, linted by our own rules`);
  console.log(
    compiled === undefined
      ? '  not compiled: neither bicep nor az is on this machine'
      : `  compiled by ${compiled.compiler}`,
  );
  const faults = [
    ...lintBicep(files),
    ...compareSettings(
      part('app/function-app.bicep'),
      readFileSync(join(azureDir, 'main.parameters.json'), 'utf8'),
      code,
    ),
    ...compareStorage(part('app/storage.bicep'), code),
    ...compareRoles(part('app/rbac.bicep'), code),
    ...strayGrants(files),
    ...compareAlerts(part('app/alerts.bicep')),
    ...(compiled?.faults ?? []),
  ];
  for (const fault of faults) console.error(`  ${fault}`);
  return faults.length === 0;
}
