/** What no program can do: the registrations that make a package work. Facts: docs/microsoft.md. */
import type { ManifestInput } from './manifest.ts';

/** The steps, for people to read. */
export function stepsByHand({
  url,
  connectorId,
  entraClientId,
}: Pick<ManifestInput, 'url' | 'connectorId' | 'entraClientId'>): string {
  const { host } = new URL(url);
  const app = entraClientId ?? 'CLIENT-ID';
  return `
Before the package works:
 1. The connector. Id ${connectorId} must be one that Microsoft's Connectors Developer Portal gave out; set CONNECTOR_APP_ID to it.
    The portal takes no new connectors since October 2024, and connectors stopped delivering to Teams in May 2026: without
    an id from before, use no package. Owners paste the address of a Workflows webhook instead, which needs none of this.
    Registered there: configuration page ${url}/config, redirect address ${url}/connect/callback, actions from ${url}/actions.
 2. Single sign-on. Register an app in Entra (any organisation; v2 tokens), set ENTRA_CLIENT_ID to its id, and give it
    the Application ID URI api://${host}/${app} with the scope access_as_user, for the client ids of Teams and
    Outlook (Microsoft Learn, "Configure your Entra app to enable tab SSO"). Where it gives no token, people sign in on
    Entra's page: redirect addresses of the web platform ${url}/signed-in and ${url}/links/signed-in; ID tokens switched on.
For your own organisation:
 3. Teams admin center → Teams apps → Manage apps → Upload new app → this zip. Allow it by an app permission policy.
For the store:
 4. Partner Center → Microsoft 365 and Copilot → New offer → Apps and agents for Microsoft 365 and Copilot → this zip.
    docs/submission-checklist.md says what the review asks, and where each point is met.
`;
}
