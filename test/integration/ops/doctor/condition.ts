/** A patient's settings, and what of it can be broken beside storage and vault. */
import type { Access } from './azure-client.ts';

export const CLIENT_ID = 'c11e47-id';
export const AZURE = {
  PUBLIC_URL: 'https://tidings.example',
  KEY_VAULT_URL: 'https://kv-prod.vault.azure.net',
  AzureWebJobsStorage__accountName: 'stprod',
  CATALOGUE: 'dist/catalogue.json',
};
export const APP_SETTINGS = {
  ...AZURE,
  AzureWebJobsStorage__credential: 'managedidentity',
  AzureWebJobsStorage__clientId: CLIENT_ID,
  AzureWebJobsDisableHomepage: 'true',
  AZURE_CLIENT_ID: CLIENT_ID,
  SIGN_IN_URL: '',
};
export const LOCAL = {
  PUBLIC_URL: 'http://127.0.0.1:7071',
  KEY_VAULT_URL: 'https://127.0.0.1:8443',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  CATALOGUE: 'dist/catalogue.json',
};

/** What of the system is not in storage or vault. */
export interface Condition {
  tables: Access;
  queues: Access;
  given: Readonly<Record<string, string | undefined>>;
  /** With the function app rather than in the shell. */
  appSettings: Readonly<Record<string, string>> | undefined;
  /** Storage takes keys, which whoever has no role could use. */
  takesKeys: boolean;
  /** Storage and vault. */
  isUp: boolean;
  app: 'well' | 'down' | 'another' | 'stuck' | 'lacks a role' | 'cannot reach storage';
  /** How far this machine's clock is ahead, in ms. */
  clockAheadMs: number;
  signedIn: boolean;
}

export const FUNCTION_KEY = 'the-function-key';
/** By a key that the account does not take. */
export const BY_KEY = 'DefaultEndpointsProtocol=https;AccountName=stprod;AccountKey=a2V5';
export const ACCOUNTS: readonly string[] = ['stprod', LOCAL.AzureWebJobsStorage, BY_KEY];
export const VAULTS: readonly string[] = [AZURE.KEY_VAULT_URL, LOCAL.KEY_VAULT_URL];
