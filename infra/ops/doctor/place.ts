/** Where the system is, as far as its settings say: what commands that mend it have to name. */
import { isLoopback } from '../../../shared/platform/loopback.ts';

/** Settings by name. */
export type Given = Readonly<Record<string, string | undefined>>;

/** Where settings stand, and so how one is changed: in the shell, or with the function app. */
export type Source = 'environment' | 'app settings';

/** The system. */
export interface Place {
  readonly source: Source;
  /** Azure, or a machine with Azurite and the embedded vault. */
  readonly is: 'azure' | 'local';
  /** The storage account's name. */
  readonly account: string;
  /** By a connection string rather than by an identity. */
  readonly byKey: boolean;
  readonly vaultUrl: string;
  readonly publicUrl: string | undefined;
}

/** The app in Azure as commands name it. */
export const APP =
  '--name "$(azd env get-value SERVICE_API_NAME)" --resource-group "$(azd env get-value AZURE_RESOURCE_GROUP)"';

/** Reads it from settings that may have faults. */
export function placeOf(given: Given, source: Source): Place {
  const connection = given['AzureWebJobsStorage'];
  const publicUrl = given['PUBLIC_URL'];
  const isHere = (url: string | undefined) => url !== undefined && URL.canParse(url) && isLoopback(url);
  const local = /UseDevelopmentStorage|127\.0\.0\.1|localhost/.test(connection ?? '') || isHere(given['KEY_VAULT_URL']);
  const named = /AccountName=([^;]+)/.exec(connection ?? '')?.[1];
  return {
    source,
    is: local || isHere(publicUrl) ? 'local' : 'azure',
    account: given['AzureWebJobsStorage__accountName'] ?? named ?? 'devstoreaccount1',
    byKey: connection !== undefined,
    vaultUrl: (given['KEY_VAULT_URL'] ?? '').replace(/\/+$/, ''),
    publicUrl,
  };
}

/** The vault's name: the first part of its host. */
export function vaultNameOf({ vaultUrl }: Place): string {
  return new URL(vaultUrl).hostname.split('.')[0] ?? '';
}

/** A text between single quotes of a shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
