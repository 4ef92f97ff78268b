/** `infra/azure` against the code: the same settings, queues, tables and roles on both sides. One line for each difference. */
import type { settings as appSettings } from '../../../shared/platform/config.ts';
import { at, type BicepFile, sourceOf, texts, type Value } from './read-bicep.ts';

/** What the code has. */
export interface CodeSide {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly queues: readonly string[];
  readonly tables: readonly string[];
  /** Azure's built-in roles: their ids by name. */
  readonly roles: Readonly<Record<string, string>>;
}

/** Settings that a deployment leaves out: for one machine and for tests. */
const LOCAL_ONLY: readonly (keyof typeof appSettings)[] = [
  'AzureWebJobsStorage', // must be absent where an identity is used
  'ENTRA_ISSUER',
  'WEBHOOK_HOSTS_EXTRA',
  'CLOCK_FILE',
  'PROTOCOL_TIMES',
];

const ADVICE =
  'a setting of config.ts stands in ownSettings there and in main.parameters.json, or in LOCAL_ONLY of infra/checks/bicep/compare-with-code.ts';

/** Settings that are the host's or a library's, not ours. */
const NOT_OURS = [
  'AzureWebJobsStorage__blobServiceUri',
  'AzureWebJobsStorage__credential',
  'AzureWebJobsStorage__clientId',
  'AzureWebJobsDisableHomepage',
  'AZURE_CLIENT_ID',
  'APPLICATION_INSIGHTS_NO_STATSBEAT',
  'APPLICATIONINSIGHTS_SDKSTATS_DISABLED',
];

function differences(where: string, there: Iterable<string>, code: Iterable<string>): string[] {
  const [left, right] = [new Set(there), new Set(code)];
  return [
    ...[...right].filter((name) => !left.has(name)).map((name) => `${where} lacks ${name}, which the code has`),
    ...[...left].filter((name) => !right.has(name)).map((name) => `${where} has ${name}, which the code does not`),
  ];
}

function variable(file: BicepFile, name: string): Value | undefined {
  return file.variables.find((declared) => declared.name === name)?.value;
}

/** Names of the settings in a variable that lists them. */
export function settingNames(file: BicepFile, list: string): string[] {
  const value = variable(file, list);
  return value?.is === 'list' ? value.items.map((item) => sourceOf(at(item, 'name'))) : [];
}

/** The app's settings, whose values come from parameters of the same name. */
export function compareSettings(app: BicepFile, parametersJson: string, { settings }: CodeSide): string[] {
  const where = 'app/function-app.bicep';
  const host = settingNames(app, 'hostSettings');
  const own = settingNames(app, 'ownSettings');
  const deployed = Object.keys(settings).filter((name) => !LOCAL_ONLY.some((local) => local === name));
  const parameters = JSON.parse(parametersJson) as { parameters: { settings: { value: Record<string, string> } } };
  const chosen = parameters.parameters.settings.value;
  const list = variable(app, 'ownSettings');
  const passed = list?.is === 'list' ? list.items : [];
  const fromParameters = passed.filter((item) => sourceOf(at(item, 'value')).startsWith('settings.'));
  return [
    ...differences(
      where,
      [...host, ...own].filter((name) => !NOT_OURS.includes(name)),
      deployed,
    ).map((fault) => `${fault}: ${ADVICE}`),
    ...fromParameters.flatMap((item) => {
      const [name, value] = [sourceOf(at(item, 'name')), sourceOf(at(item, 'value'))];
      return value === `settings.${name}` ? [] : [`${where} gives ${name} the value of ${value}`];
    }),
    ...differences(
      'main.parameters.json',
      Object.keys(chosen),
      fromParameters.map((item) => sourceOf(at(item, 'name'))),
    ),
    ...Object.entries(chosen)
      .filter(([name, value]) => !value.startsWith(`\${${name}=`))
      .map(([name]) => `main.parameters.json: ${name} is not taken from the variable of its name`),
  ];
}

/** Queues and tables. */
export function compareStorage(storage: BicepFile, { queues, tables }: CodeSide): string[] {
  const where = 'app/storage.bicep';
  return [
    ...differences(where, texts(variable(storage, 'queues')), queues),
    ...differences(where, texts(variable(storage, 'tables')), tables),
  ];
}

/** Each role's id is the one of its name; each is granted for a reason; nothing else in the file is an id. */
export function compareRoles(rbac: BicepFile, { roles }: CodeSide): string[] {
  const where = 'app/rbac.bicep';
  const ids = variable(rbac, 'roleIds');
  const declared = ids?.is === 'object' ? ids.fields : {};
  const grants = rbac.variables.flatMap(({ value }) => (value?.is === 'list' ? value.items : []));
  const granted = grants.map((grant) => sourceOf(at(grant, 'role')));
  const guids = rbac.root.text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi) ?? [];
  return [
    ...Object.entries(declared)
      .filter(([name, id]) => roles[name] === undefined || roles[name] !== sourceOf(id))
      .map(([name]) => `${where}: the id of "${name}" is not Azure's`),
    ...differences(`${where}, roleIds,`, Object.keys(declared), granted).map((fault) =>
      fault.replace('the code', 'a grant'),
    ),
    ...grants
      .filter((grant) => sourceOf(at(grant, 'reason')).length < 20)
      .map((grant) => `${where}: "${sourceOf(at(grant, 'role'))}" is granted without a reason`),
    ...(guids.length === Object.keys(declared).length ? [] : [`${where}: an id stands outside roleIds`]),
  ];
}

/** Role assignments are in one file. */
export function strayGrants(files: ReadonlyMap<string, BicepFile>): string[] {
  return [...files]
    .filter(
      ([path, { resources }]) =>
        path !== 'app/rbac.bicep' && resources.some(({ kind }) => kind.includes('/roleAssignments@')),
    )
    .map(([path]) => `${path} grants a role: all grants are in app/rbac.bicep`);
}
