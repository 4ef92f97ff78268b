/** What `az`, `azd`, `npm` and others do to a patient: as much of them as the doctor names, and an error for anything else. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretClient } from '@azure/keyvault-secrets';
import { makeKeysWhenAllowed } from '../../../../infra/azure/make-keys-when-allowed.ts';
import { projectDir } from '../../../../infra/build-app.ts';
import type { KeyVault } from '../../../../infra/local/key-vault/server.ts';
import type { SecretsVault } from '../../../../shared/platform/secrets-vault.ts';
import { POISON_QUEUES, QUEUES, type Storage, TABLES } from '../../../../shared/platform/storage-client.ts';
import { opsOn } from '../ops-world.ts';
import { AZURE, CLIENT_ID, type Condition, FUNCTION_KEY, LOCAL } from './condition.ts';
import type { Tool } from './typed-commands.ts';

/** What they act on. */
export interface ToolsDeps {
  readonly is: Condition;
  readonly storage: Storage;
  readonly vault: SecretsVault;
  readonly keyVault: KeyVault;
  readonly catalogue: string;
}

const APP = '--name func-prod --resource-group rg-prod';
const ACCOUNT_ID = '/subscriptions/s/resourceGroups/rg-prod/providers/Microsoft.Storage/storageAccounts/stprod';
const VAULT_ID = '/subscriptions/s/resourceGroups/rg-prod/providers/Microsoft.KeyVault/vaults/kv-prod';
/** What is asked for often, answered by the shell itself. */
export const KNOWN: Readonly<Record<string, string>> = {
  'azd env get-value SERVICE_API_NAME': 'func-prod',
  'azd env get-value AZURE_RESOURCE_GROUP': 'rg-prod',
  'azd env get-value SERVICE_API_URL': AZURE.PUBLIC_URL,
  'azd env get-value KEY_VAULT_URL': AZURE.KEY_VAULT_URL,
  'azd env get-value STORAGE_ACCOUNT_NAME': AZURE.AzureWebJobsStorage__accountName,
  'az ad signed-in-user show --query id --output tsv': 'me-id',
  'az storage account show --name stprod --query id --output tsv': ACCOUNT_ID,
  'az keyvault show --name kv-prod --query id --output tsv': VAULT_ID,
};
const GRANTS: Readonly<Record<string, 'tables' | 'queues' | 'secrets'>> = {
  [`0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3 ${ACCOUNT_ID}`]: 'tables',
  [`974c5e8b-45b9-4653-ba55-5f855dd0fb88 ${ACCOUNT_ID}`]: 'queues',
  [`b86a8fe4-44ce-4948-aee5-eccb2c155cd7 ${VAULT_ID}`]: 'secrets',
};

type Does = (given: string, deps: ToolsDeps) => unknown;

/** A call, whole, by what it begins with; `given` is the rest. */
const AZ: readonly (readonly [string, Does])[] = [
  ['login', (_, { is }) => Object.assign(is, { signedIn: true })],
  ['role assignment create --role ', assignRole],
  [
    'storage account network-rule add --account-name stprod --ip-address 203.0.113.7',
    (_, { is }) => Object.assign(is, { tables: 'all', queues: 'all' }),
  ],
  ['keyvault network-rule add --name kv-prod --ip-address 203.0.113.7', (_, { keyVault }) => keyVault.faults.clear()],
  [
    'storage queue create --name ',
    (given, { storage }) => storage.queue(named([...QUEUES, ...POISON_QUEUES], given)).create(),
  ],
  ['storage table create --name ', (given, { storage }) => storage.table(named(TABLES, given)).createTable()],
  ['keyvault secret set-attributes --id ', switchOff],
  [
    'keyvault secret set --vault-name kv-prod --name setup-key --value ',
    (given, { vault }) => vault.write('setup-key', given.replace(' --output none', '')),
  ],
  [
    'keyvault secret recover --vault-name kv-prod --name ',
    (given, { keyVault }) => recover(given.replace(' --output none', ''), keyVault),
  ],
  [`functionapp config appsettings set ${APP} --settings `, setSetting],
  [`functionapp config appsettings delete ${APP} --setting-names `, deleteSetting],
  [`functionapp start ${APP}`, (_, { is }) => Object.assign(is, { app: 'well' })],
  [`functionapp restart ${APP}`, (_, { is }) => Object.assign(is, { app: 'well' })],
  [`functionapp keys list ${APP} --query functionKeys.default --output tsv`, () => FUNCTION_KEY],
  ['identity list --resource-group rg-prod --query [0].clientId --output tsv', () => CLIENT_ID],
];
const AZD: typeof AZ = [
  ['provision', (_, { is }) => Object.assign(is, { app: 'well' })],
  ['deploy', (_, { is }) => Object.assign(is, { app: 'well' })],
];
const CURL: typeof AZ = [
  ['-s https://api.ipify.org', () => '203.0.113.7'],
  [
    `-sk -X POST -H authorization: Bearer local ${LOCAL.KEY_VAULT_URL}/deletedsecrets/`,
    (given, { keyVault }) => recover(given.replace('/recover?api-version=7.4', ''), keyVault),
  ],
];
const NPM: typeof AZ = [
  ['start', (_, { is }) => Object.assign(is, { isUp: true, app: 'well' })],
  ['run build', (_, { catalogue }) => copyFile(join(projectDir, 'infra/local/catalogue.json'), catalogue)],
  ['run azure:keys -- ', makeKeys],
  ['run ops -- ', runOps],
];

/** The tools by their names. */
export function toolsOn(deps: ToolsDeps): Readonly<Record<string, Tool>> {
  const tool = (name: string, does: typeof AZ): Tool => {
    return async (args) => {
      const call = args.join(' ');
      const found = does.find(([beginning]) =>
        /[ /]$/.test(beginning) ? call.startsWith(beginning) : call === beginning,
      );
      if (found === undefined) throw new Error(`${name} ${call}: not a call that the doctor names`);
      const [beginning, act] = found;
      const said = await act(call.slice(beginning.length), deps);
      return typeof said === 'string' ? said : '';
    };
  };
  return {
    az: tool('az', AZ),
    azd: tool('azd', AZD),
    npm: tool('npm', NPM),
    curl: tool('curl', CURL),
    sudo: tool('sudo', [['timedatectl set-ntp true', (_, { is }) => Object.assign(is, { clockAheadMs: 0 })]]),
  };
}

function assignRole(given: string, { is, keyVault }: ToolsDeps): void {
  const [, role = '', scope = ''] = /^(\S+) --assignee me-id --scope (\S+)$/.exec(given) ?? [];
  const granted = GRANTS[`${role} ${scope}`];
  if (granted === undefined) throw new Error(`az role assignment create: not a role that helps: ${given}`);
  if (granted === 'secrets') keyVault.faults.clear();
  else Object.assign(is, { [granted]: 'all' });
}

function named<N extends string>(names: readonly N[], given: string): N {
  const [name, ...rest] = given.split(' ');
  const how = rest.join(' ');
  const found = names.find((one) => one === name);
  const ways = ['--account-name stprod --auth-mode login', `--connection-string ${LOCAL.AzureWebJobsStorage}`];
  if (found === undefined || !ways.includes(how)) throw new Error(`az storage … create: ${given}`);
  return found;
}

async function switchOff(given: string, { keyVault }: ToolsDeps): Promise<void> {
  const [, name = '', version = ''] = /^https:\/\/[^/]+\/secrets\/([\w-]+)\/(\w+) --enabled false$/.exec(given) ?? [];
  await vaultClient(keyVault).updateSecretProperties(name, version, { enabled: false });
}

async function recover(name: string, keyVault: KeyVault): Promise<void> {
  await (await vaultClient(keyVault).beginRecoverDeletedSecret(name, { intervalInMs: 10 })).pollUntilDone();
}

function setSetting(given: string, { is }: ToolsDeps): void {
  const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(given) ?? [];
  is.appSettings = { ...is.appSettings, [name]: value };
}

function deleteSetting(name: string, { is }: ToolsDeps): void {
  const { [name]: _, ...rest } = is.appSettings ?? {};
  is.appSettings = rest;
}

async function makeKeys(url: string, { vault }: ToolsDeps): Promise<void> {
  const vaults: readonly string[] = [AZURE.KEY_VAULT_URL, LOCAL.KEY_VAULT_URL];
  if (!vaults.includes(url)) throw new Error(`npm run azure:keys: ${url}`);
  await makeKeysWhenAllowed({ vault, say: () => {}, wait: async () => {} });
}

async function runOps(given: string, { vault }: ToolsDeps): Promise<void> {
  const { exitCode, err } = await opsOn({ vault })(...given.split(' '));
  if (exitCode !== 0) throw new Error(err);
}

/** The vault’s own client, past what is wrong with the patient. */
export function vaultClient({ url, ca }: KeyVault): SecretClient {
  const credential = { getToken: async () => ({ token: 'local', expiresOnTimestamp: Date.now() + 86_400_000 }) };
  return new SecretClient(url, credential, { disableChallengeResourceVerification: true, ...{ tlsOptions: { ca } } });
}
