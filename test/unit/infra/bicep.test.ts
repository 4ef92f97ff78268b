import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../../../infra/build-app.ts';
import { codeSide, readAzure } from '../../../infra/checks/bicep/check-bicep.ts';
import { compareAlerts } from '../../../infra/checks/bicep/compare-alerts.ts';
import {
  compareRoles,
  compareSettings,
  compareStorage,
  strayGrants,
} from '../../../infra/checks/bicep/compare-with-code.ts';
import { type BicepFiles, lintBicep } from '../../../infra/checks/bicep/lint-bicep.ts';
import { at, type BicepFile, readBicep, sourceOf } from '../../../infra/checks/bicep/read-bicep.ts';

const parameters = readFileSync(join(projectDir, 'infra/azure/main.parameters.json'), 'utf8');
let files: BicepFiles;
beforeAll(async () => {
  files = await readAzure();
});

function part(path: string): BicepFile {
  const file = files.get(path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file;
}

/** A file of ours with a change. */
async function changed(path: string, from: string, to: string): Promise<BicepFile> {
  const source = part(path).root.text;
  if (!source.includes(from)) throw new Error(`${path} has no ${from}`);
  return readBicep(source.replace(from, to));
}

it('finds no fault in what is deployed', () => {
  expect(lintBicep(files)).toEqual([]);
});

it.each([
  ['text that is no Bicep', "param a string = = 'x'\noutput b string = a", /not Bicep/],
  ['a name that is not declared', 'output a string = b', /b is not declared/],
  ['a function that nobody looked up', "output a string = toUpperCase('x')", /toUpperCase is not declared/],
  ['a parameter that is never used', 'param a string', /a is declared and never used/],
  ['a registry module', "module a 'br/public:avm/res/web/site:0.23.1' = { name: 'a' }", /no file br\/public/],
  [
    'a resource without an API version',
    "resource a 'Microsoft.Web/sites' = { name: 'a' }",
    /no resource type with an API version/,
  ],
  [
    'a key that a template asks for',
    "resource a 'Microsoft.Storage/storageAccounts@2023-05-01' existing = { name: 'a' }\noutput b string = a.listKeys().keys[0].value",
    /handles no secret/,
  ],
  ['a secret that is passed in', '@secure()\nparam a string\noutput b string = a', /handles no secret/],
  [
    'a parameter that is named like a secret',
    'param sealingKey string\noutput b string = sealingKey',
    /sealingKey looks like a secret/,
  ],
  [
    'an output that gives a connection string',
    "resource a 'Microsoft.Insights/components@2020-02-02' existing = { name: 'a' }\noutput b string = a.properties.ConnectionString",
    /output b looks like a secret/,
  ],
])('says so about %s', async (_, source, fault) => {
  const faults = lintBicep(new Map([['main.bicep', await readBicep(source)]]));

  expect(faults.join('\n')).toMatch(fault);
});

it.each([
  ['a parameter that is missing', "module a 'a.bicep' = { name: 'a', params: {} }", /a is not given needed/],
  [
    'one that is not taken',
    "module a 'a.bicep' = { name: 'a', params: { needed: 'x', more: 'y' } }",
    /is given more, which it does not take/,
  ],
  [
    'an output that is not there',
    "module a 'a.bicep' = { name: 'a', params: { needed: 'x' } }\noutput b string = a.outputs.none",
    /a.outputs.none is not there/,
  ],
])('says so about a module and %s', async (_, source, fault) => {
  const module = await readBicep(
    "param needed string\nparam other string = 'x'\noutput out string = concat(needed, other)",
  );

  const faults = lintBicep(
    new Map([
      ['main.bicep', await readBicep(source)],
      ['a.bicep', module],
    ]),
  );

  expect(faults.join('\n')).toMatch(fault);
});

it('passes the app the settings that it reads, each from the variable of its name', async () => {
  const same = compareSettings(part('app/function-app.bicep'), parameters, codeSide());
  const without = await changed(
    'app/function-app.bicep',
    "  { name: 'ACCOUNT_FROM', value: settings.ACCOUNT_FROM }\n",
    '',
  );
  const crossed = await changed('app/function-app.bicep', 'settings.SIGN_IN_URL', 'settings.CONNECT_URL');

  expect(same).toEqual([]);
  expect(compareSettings(without, parameters, codeSide()).join()).toContain('lacks ACCOUNT_FROM');
  expect(compareSettings(crossed, parameters, codeSide()).join()).toContain(
    'SIGN_IN_URL the value of settings.CONNECT_URL',
  );
});

it('declares the queues and tables that the code uses', async () => {
  const without = await changed('app/storage.bicep', "'once', ", '');

  expect(compareStorage(part('app/storage.bicep'), codeSide())).toEqual([]);
  expect(compareStorage(without, codeSide())).toEqual(['app/storage.bicep lacks once, which the code has']);
});

it('grants roles by their right ids, each for a reason, in one file', async () => {
  const swapped = await changed(
    'app/rbac.bicep',
    '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
    '19e7f393-937e-4f77-808e-94535e297925',
  );
  const stray = new Map([
    ...files,
    [
      'app/more.bicep',
      await readBicep("resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = { name: 'a' }"),
    ],
  ]);

  expect(compareRoles(part('app/rbac.bicep'), codeSide())).toEqual([]);
  expect(strayGrants(files)).toEqual([]);
  expect(compareRoles(swapped, codeSide())).toEqual([
    'app/rbac.bicep: the id of "Storage Queue Data Contributor" is not Azure\'s',
  ]);
  expect(strayGrants(stray)).toHaveLength(1);
});

it('keeps doors shut: no shared keys, no public blobs, no local telemetry keys, no publishing passwords', () => {
  const bodies = [...files.values()].flatMap(({ resources }) => resources);
  const text = (type: string, ...path: string[]) =>
    bodies
      .filter(({ kind, existing }) => kind.startsWith(type) && !existing)
      .map(({ value }) => sourceOf(at(value, 'properties', ...path)));

  expect(text('Microsoft.Storage/storageAccounts@', 'allowSharedKeyAccess')).toEqual(['false']);
  expect(text('Microsoft.Storage/storageAccounts@', 'allowBlobPublicAccess')).toEqual(['false']);
  expect(text('Microsoft.KeyVault/vaults@', 'enableRbacAuthorization')).toEqual(['true']);
  expect(text('Microsoft.KeyVault/vaults@', 'enableSoftDelete')).toEqual(['true']);
  expect(text('Microsoft.Insights/components@', 'DisableLocalAuth')).toEqual(['true']);
  expect(text('basicPublishingCredentialsPolicies', 'allow')).toEqual(['false', 'false']);
  expect(text('Microsoft.Web/sites@', 'httpsOnly')).toEqual(['true']);
});

it('wakes people by figures that the app counts, told apart as it tells them', async () => {
  const renamed = await changed('app/alerts.bicep', "'tidings.attempts'", "'tidings.tries'");
  const other = await changed('app/alerts.bicep', 'customDimensions.outcome', 'customDimensions.result');

  expect(compareAlerts(part('app/alerts.bicep'))).toEqual([]);
  expect(compareAlerts(renamed)).toContain('alert deliveries-failing: nothing counts tidings.tries');
  expect(compareAlerts(other)).toEqual(['alert deliveries-failing: its figures are not told apart by result']);
});

it('leads from every alert to its runbook, and has no runbook for nothing', async () => {
  const unknown = await changed('app/alerts.bicep', "name: 'dead-letters'", "name: 'dead-mail'");
  const unlinked = await changed('app/alerts.bicep', 'runbooks.md#', 'runbooks.md/');

  expect(compareAlerts(unknown)).toEqual([
    'docs/runbooks.md has no "## dead-mail" for the alert of that name',
    'docs/runbooks.md has "## dead-letters", which is no alert',
  ]);
  expect(compareAlerts(unlinked)).toEqual([expect.stringContaining('an alert names its runbook')]);
});
