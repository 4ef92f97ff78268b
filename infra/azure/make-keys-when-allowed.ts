/** Makes the keys after a deployment: waits for the role that allows it, and says what it did, never a key. */
import { type SecretsVault, SecretsVaultError } from '../../shared/platform/secrets-vault.ts';
import { ensureKeys } from './ensure-keys.ts';

/** What making keys needs. `wait` takes milliseconds. */
export interface MakeKeysDeps {
  readonly vault: Pick<SecretsVault, 'read' | 'write'>;
  readonly say: (line: string) => void;
  readonly wait: (ms: number) => Promise<unknown>;
}

/** A role assignment takes minutes to arrive: "Troubleshoot Azure RBAC", Microsoft Learn, says up to ten. */
const TRIES = 40;
const PAUSE_MS = 15_000;

const ADVICE: Readonly<Record<number, string>> = {
  401: 'Sign in again: azd auth login.',
  403: 'Whoever deploys needs the role "Key Vault Secrets Officer" on the vault (AZURE_PRINCIPAL_ID of the azd environment), and with a private network must be inside it.',
  409: 'A key of that name was deleted and can still be recovered: az keyvault secret recover. Do not purge it: what it sealed or signed would be lost.',
};

/** Exit code: 0 when every key is there. Harmless to repeat. */
export async function makeKeysWhenAllowed({ vault, say, wait }: MakeKeysDeps): Promise<0 | 1> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      for (const { name, was } of await ensureKeys(vault))
        say(`${name}: ${was === 'made' ? 'made' : 'is there, left as it is'}`);
      return 0;
    } catch (error) {
      if (!(error instanceof SecretsVaultError)) throw error;
      const { operation, vaultStatus, vaultCode } = error;
      if (vaultStatus === 403 && attempt < TRIES) {
        if (attempt === 1) say('not allowed yet: a new role takes minutes to arrive; waiting');
        await wait(PAUSE_MS);
        continue;
      }
      say(`could not ${operation}: ${vaultStatus ?? 'no answer'} ${vaultCode ?? ''}`.trimEnd());
      say(ADVICE[vaultStatus ?? 0] ?? 'Run it again: npm run azure:keys -- VAULT-URL');
      return 1;
    }
  }
}
