/** What a failed command says: a sentence with what to do, never a stack, an address or a secret. */
import { ConnectorError } from '../../shared/platform/errors.ts';
import { SecretsVaultError } from '../../shared/platform/secrets-vault.ts';
import { storageStatus } from '../../shared/platform/table-rows.ts';

/** The sentence for a failure we know; undefined for a fault of ours, which is to be seen whole. */
export function sayFailure(error: unknown): string | undefined {
  if (error instanceof SecretsVaultError)
    return `The key vault did not do it (${error.operation}: ${error.vaultStatus ?? error.vaultCode ?? 'no answer'}). Is KEY_VAULT_URL right, and do you have the role "Key Vault Secrets Officer"?`;
  if (error instanceof ConnectorError) return error.message;
  const status = storageStatus(error);
  if (status === 401 || status === 403)
    return `Storage does not let you (${status}). You need the roles "Storage Table Data Contributor" and "Storage Queue Data Contributor" on the account; "az login" says who you are.`;
  if (status === 404)
    return 'Storage has no such table or queue. Deploy the resources first, or start the app once with npm start.';
  if (status !== undefined) return `Storage did not do it: it answered ${status}. Try again.`;
  const { code, name } = fieldsOf(error);
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return 'Nothing answers where storage should be. Locally: is npm start running? In Azure: is AzureWebJobsStorage__accountName right?';
  if (
    name === 'CredentialUnavailableError' ||
    name === 'AggregateAuthenticationError' ||
    name === 'AuthenticationRequiredError'
  )
    return 'Nobody is signed in to Azure. Run "az login" or "azd auth login" first.';
  return undefined;
}

function fieldsOf(error: unknown): { readonly code: unknown; readonly name: unknown } {
  if (typeof error !== 'object' || error === null) return { code: undefined, name: undefined };
  return { code: Reflect.get(error, 'code'), name: Reflect.get(error, 'name') };
}
