/** The settings: every fault of them, each with what sets it right. */
import { type SettingFault, settingFaults, settings } from '../../../shared/platform/config.ts';
import { type Finding, ill, type Mend, notLookedAt, well } from './finding.ts';
import { APP, type Given, type Place, type Source } from './place.ts';

/** Settings without which nothing starts, with where their value comes from: on this machine, and in Azure. */
const NEEDED: Readonly<Record<string, { readonly local: string; readonly azure: string; readonly name?: string }>> = {
  PUBLIC_URL: { local: 'http://127.0.0.1:7071', azure: '"$(azd env get-value SERVICE_API_URL)"' },
  KEY_VAULT_URL: { local: 'https://127.0.0.1:8443', azure: '"$(azd env get-value KEY_VAULT_URL)"' },
  CATALOGUE: { local: 'dist/catalogue.json', azure: 'dist/catalogue.json' },
  AzureWebJobsStorage: {
    local: 'UseDevelopmentStorage=true',
    azure: '"$(azd env get-value STORAGE_ACCOUNT_NAME)"',
    name: 'AzureWebJobsStorage__accountName',
  },
};

/** What is wrong with the app's own settings, and in Azure with those of its host. */
export function checkSettings(given: Given, place: Place): Finding[] {
  if (place.source === 'environment' && given['PUBLIC_URL'] === undefined && given['CATALOGUE'] === undefined)
    return [notLookedAt('settings', `only where storage and vault are is set here. The app's: ${THE_APPS}`)];
  const faults = [...settingFaults(given), ...(place.source === 'app settings' ? hostFaults(given, place) : [])];
  if (faults.length === 0)
    return [well('settings', `${Object.keys(settings).filter((name) => given[name]).length} are set, without fault`)];
  return faults.map((fault) => ill('settings', `${fault.name}: ${fault.message}`, mendSetting(fault, place)));
}

const THE_APPS = `az functionapp config appsettings list ${APP} | npm run --silent ops -- doctor --settings -`;

/** What the host needs beside the app's settings: infra/azure/app/function-app.bicep says why. */
function hostFaults(given: Given, { is }: Place): SettingFault[] {
  if (is === 'local') return [];
  const fault = (name: string, message: string) => ({ name, message });
  const identity = ['AzureWebJobsStorage__clientId', 'AZURE_CLIENT_ID'].filter((name) => !given[name]);
  return [
    ...('AzureWebJobsStorage' in given && given['AzureWebJobsStorage__accountName'] !== undefined
      ? [
          fault(
            'AzureWebJobsStorage',
            'stands beside AzureWebJobsStorage__accountName: even empty it breaks sign-in to storage',
          ),
        ]
      : []),
    ...(given['AzureWebJobsDisableHomepage'] === 'true'
      ? []
      : [fault('AzureWebJobsDisableHomepage', 'is not true: the host answers the landing page itself')]),
    ...(given['AzureWebJobsStorage__credential'] === 'managedidentity'
      ? []
      : [fault('AzureWebJobsStorage__credential', 'is not managedidentity: the host does not sign in to storage')]),
    ...identity.map((name) => fault(name, 'is missing: the app has an identity of its own, which it must name')),
  ];
}

const CLIENT_ID =
  '"$(az identity list --resource-group "$(azd env get-value AZURE_RESOURCE_GROUP)" --query "[0].clientId" --output tsv)"';
const OF_THE_HOST: Readonly<Record<string, string>> = {
  AzureWebJobsDisableHomepage: 'true',
  AzureWebJobsStorage__credential: 'managedidentity',
  AzureWebJobsStorage__clientId: CLIENT_ID,
  AZURE_CLIENT_ID: CLIENT_ID,
};

function mendSetting({ name, message }: SettingFault, { source, is }: Place): Mend {
  const ofHost = OF_THE_HOST[name];
  if (ofHost !== undefined) return { why: 'As infra/azure declares it:', run: [set(source, name, ofHost)] };
  if (message.startsWith('stands beside')) return { why: 'Take it away:', run: [unset(source, name)] };
  const needed = NEEDED[name];
  if (needed !== undefined)
    return {
      why: is === 'local' ? 'As npm start has it:' : 'As the deployment has it, or your own:',
      run: [set(source, is === 'local' ? name : (needed.name ?? name), needed[is])],
    };
  if (name === 'SETUP_TOKEN_JWKS')
    return {
      why: 'Without a key set only HS256 is left, with the secret setup-key. To keep ES256, set SETUP_TOKEN_JWKS instead:',
      run: [unset(source, 'SETUP_TOKEN_ALGORITHM')],
    };
  return {
    why: 'The app does without it (docs/configuration.md says how). Take it away, or set it right:',
    run: [unset(source, name)],
  };
}

function set(source: Source, name: string, value: string): string {
  return source === 'environment'
    ? `export ${name}=${value}`
    : `az functionapp config appsettings set ${APP} --settings ${name}=${value}`;
}

function unset(source: Source, name: string): string {
  return source === 'environment'
    ? `unset ${name}`
    : `az functionapp config appsettings delete ${APP} --setting-names ${name}`;
}

/** Settings as files have them: `az functionapp config appsettings list`, local.settings.json, or an object. Undefined: none of these. */
export function readSettingsFile(text: string): Given | undefined {
  const json = parsed(text);
  if (Array.isArray(json))
    return Object.fromEntries(
      json.flatMap((one: unknown) => {
        const name = at(one, 'name');
        const value = at(one, 'value');
        return typeof name === 'string' ? [[name, typeof value === 'string' ? value : '']] : [];
      }),
    );
  const values = at(json, 'Values') ?? json;
  if (typeof values !== 'object' || values === null) return undefined;
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
