/** The settings that make the app talk to the local Microsoft 365. Everything else is as in the cloud. */
import { fileURLToPath } from 'node:url';
import { DEFAULT_APP_ID, DEFAULT_CLIENT_ID } from './microsoft365/world/connector-app.ts';

/** Where things are on this machine. */
export interface Addresses {
  readonly publicUrl: string;
  readonly microsoft365Url: string;
  /** Where the make-believe product signs people in, if it runs. */
  readonly signInUrl?: string;
}

/** Who the make-believe product's tokens are from. */
export const PRODUCT_ISSUER = 'https://octoforge.example';

/** Settings for a local start, by their names in `shared/platform/config.ts`. */
export function localSettings({ microsoft365Url, signInUrl }: Addresses): Readonly<Record<string, string>> {
  return {
    CATALOGUE: fileURLToPath(new URL('./catalogue.json', import.meta.url)),
    CONNECTOR_APP_ID: DEFAULT_APP_ID,
    CONNECT_URL: `${microsoft365Url}/connectors/Connect`,
    ENTRA_CLIENT_ID: DEFAULT_CLIENT_ID,
    ACTION_ISSUERS: `${microsoft365Url}/{tid}/v2.0,${microsoft365Url}/sts.windows.net/{tid}/`,
    ENTRA_ISSUER: `${microsoft365Url}/{tid}/v2.0`,
    ...(signInUrl === undefined ? {} : { SIGN_IN_URL: signInUrl }),
    SETUP_TOKEN_ISSUER: PRODUCT_ISSUER,
    FRAME_ANCESTORS_EXTRA: microsoft365Url,
    WEBHOOK_HOSTS_EXTRA: `connector=${microsoft365Url},workflow=${microsoft365Url}`,
  };
}
