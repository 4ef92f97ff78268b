/** The embedded Key Vault and Lowkey Vault, an emulator by others, keep the same contract through the same client. */
import { SecretClient } from '@azure/keyvault-secrets';
import { type KeyVault, startKeyVault } from '../../infra/local/key-vault/server.ts';
import { describeVaultContract } from '../integration/key-vault/vault-contract.ts';
import { type LowkeyVault, startLowkeyVault } from './lowkey-vault.ts';

interface Vault {
  readonly url: string;
  readonly ca: string;
}

function aClient({ url, ca }: Vault): SecretClient {
  const credential = { getToken: async () => ({ token: 'local', expiresOnTimestamp: Date.now() + 3_600_000 }) };
  return new SecretClient(url, credential, {
    disableChallengeResourceVerification: true,
    tlsOptions: { ca },
    retryOptions: { maxRetries: 0 },
  });
}

let embedded: KeyVault;
let lowkey: LowkeyVault;
beforeAll(async () => {
  embedded = await startKeyVault();
  lowkey = await startLowkeyVault(process.env['LOWKEY_VAULT_JAR'] ?? '');
}, 180_000);
afterAll(async () => {
  await Promise.all([embedded.stop(), lowkey?.stop()]);
});

describeVaultContract('the embedded Key Vault', async () => aClient(embedded));
describeVaultContract('Lowkey Vault', async () => aClient(lowkey));
