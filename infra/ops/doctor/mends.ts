/** What to type against what goes wrong in several places: no role, no sign-in, no way in, nothing running. */
import type { Mend } from './finding.ts';
import { APP, type Place, vaultNameOf } from './place.ts';

/** Azure's ids of the roles that an operator needs; a test compares them with infra/azure/app/rbac.bicep. */
export const ROLE_IDS = {
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
  'Key Vault Secrets Officer': 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
} as const;

type On = 'storage' | 'vault';

/** Gives the caller a role. */
export function roleOn(on: On, role: keyof typeof ROLE_IDS, place: Place): Mend {
  const scope =
    on === 'storage'
      ? `az storage account show --name ${place.account} --query id --output tsv`
      : `az keyvault show --name ${vaultNameOf(place)} --query id --output tsv`;
  return {
    why: `Somebody who may assign roles gives it to you; it takes up to ten minutes to arrive:`,
    run: [
      `az role assignment create --role ${ROLE_IDS[role]} --assignee "$(az ad signed-in-user show --query id --output tsv)" --scope "$(${scope})"`,
    ],
  };
}

/** Nobody is signed in. */
export function signIn(): Mend {
  return { why: 'Sign in to Azure:', run: ['az login'] };
}

/** A firewall is in the way. */
export function letIn(on: On, place: Place): Mend {
  const rule =
    on === 'storage'
      ? `az storage account network-rule add --account-name ${place.account}`
      : `az keyvault network-rule add --name ${vaultNameOf(place)}`;
  return {
    why: 'Run this from inside its network, or let your address in (and take it out again afterwards):',
    run: [`${rule} --ip-address "$(curl -s https://api.ipify.org)"`],
  };
}

/** An account that takes no keys is reached by an identity. */
export function useIdentity({ account, source }: Place): Mend {
  return {
    why: 'Reach it with an identity instead of a key:',
    run:
      source === 'environment'
        ? ['unset AzureWebJobsStorage', `export AzureWebJobsStorage__accountName=${account}`]
        : [
            `az functionapp config appsettings delete ${APP} --setting-names AzureWebJobsStorage`,
            `az functionapp config appsettings set ${APP} --settings AzureWebJobsStorage__accountName=${account}`,
          ],
  };
}

/** Nothing answers. */
export function start({ is, source }: Place, name: 'AzureWebJobsStorage__accountName' | 'KEY_VAULT_URL'): Mend {
  if (is === 'local') return { why: 'Is the local system running? In another terminal:', run: ['npm start'] };
  const output = name === 'KEY_VAULT_URL' ? 'KEY_VAULT_URL' : 'STORAGE_ACCOUNT_NAME';
  const value = `${name}="$(azd env get-value ${output})"`;
  return {
    why: 'Is the name right, and the network up? As the deployment has it:',
    run: [
      source === 'environment' ? `export ${value}` : `az functionapp config appsettings set ${APP} --settings ${value}`,
    ],
  };
}
