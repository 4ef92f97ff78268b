/** `npm run azure:keys -- VAULT-URL`: what azd runs after it made the resources. Signs in as `DefaultAzureCredential` finds it. */
import { setTimeout } from 'node:timers/promises';
import { createSecretsVault } from '../../shared/platform/secrets-vault.ts';
import { makeKeysWhenAllowed } from './make-keys-when-allowed.ts';

const [url = ''] = process.argv.slice(2);
if (URL.canParse(url) && new URL(url).protocol === 'https:') {
  const vault = await createSecretsVault({ url });
  process.exitCode = await makeKeysWhenAllowed({ vault, say: console.log, wait: setTimeout });
} else {
  console.error('Give the address of the Key Vault: npm run azure:keys -- https://NAME.vault.azure.net');
  process.exitCode = 2;
}
