/** The settings by which the commands find the system that `npm start` runs with its usual ports. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../build-app.ts';
import { localPaths } from '../local/local-data.ts';
import { localSettings } from '../local/local-settings.ts';

const paths = localPaths(join(projectDir, '.local'));
const publicUrl = 'http://127.0.0.1:7071';

/** As `npm start` gives them to the app. */
export const localSystem: Readonly<Record<string, string>> = {
  ...localSettings({ publicUrl, microsoft365Url: 'http://localhost:7072' }),
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  KEY_VAULT_URL: 'https://127.0.0.1:8443',
  PUBLIC_URL: publicUrl,
  CLOCK_FILE: paths.clock,
};

/** The local vault's certificate; undefined before the first start. */
export function localCertificate(): string | undefined {
  try {
    return readFileSync(join(paths.keyVault, 'ca.pem'), 'utf8');
  } catch {
    return undefined;
  }
}
