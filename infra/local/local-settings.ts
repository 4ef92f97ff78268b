/** The settings that make the app talk to the local Microsoft 365. Everything else is as in the cloud. */
import { fileURLToPath } from 'node:url';
import { DEFAULT_APP_ID, DEFAULT_CLIENT_ID } from './microsoft365/world/connector-app.ts';

/** Where things are on this machine. */
export interface Addresses {
  readonly publicUrl: string;
  readonly microsoft365Url: string;
}

/** Settings for a local start, by their names in `shared/platform/config.ts`. */
export function localSettings({ microsoft365Url }: Addresses): Readonly<Record<string, string>> {
  return {
    CATALOGUE: fileURLToPath(new URL('./catalogue.json', import.meta.url)),
    CONNECTOR_APP_ID: DEFAULT_APP_ID,
    CONNECT_URL: `${microsoft365Url}/connectors/Connect`,
    ENTRA_CLIENT_ID: DEFAULT_CLIENT_ID,
    ACTION_ISSUERS: `${microsoft365Url}/{tid}/v2.0,${microsoft365Url}/sts.windows.net/{tid}/`,
    FRAME_ANCESTORS_EXTRA: microsoft365Url,
    WEBHOOK_HOSTS_EXTRA: `connector=${microsoft365Url},workflow=${microsoft365Url}`,
  };
}
