/** The connector as its makers registered it with Microsoft: ids, addresses, where its buttons may lead. */

/** A registration in the Connectors Developer Dashboard and in Entra. */
export interface ConnectorApp {
  /** The connector's GUID: `app_id` of the Connect button, `id` of the Teams app. */
  readonly appId: string;
  readonly name: string;
  /** The page that Teams and Outlook frame. */
  readonly configurationUrl: string;
  /** Where the Connect picker sends people back to; null takes any address on loopback. */
  readonly callbackUrl: string | null;
  /** Sites that buttons may POST to. */
  readonly targetUrls: readonly string[];
  /** The Entra application of the pages: the audience of single sign-on tokens. */
  readonly clientId: string;
  /** The audience of action tokens in the v2 form; v1 tokens carry `actionAudience` instead. */
  readonly actionClientId: string;
  readonly actionAudience: string;
  /** Which tokens its buttons carry: Entra's v2 or v1 by its registration, or the older ones that ended on 8 June 2026. */
  readonly actionTokens: 'action-v2' | 'action-v1' | 'action-legacy';
}

/** GUID of the connector when none is given. */
export const DEFAULT_APP_ID = 'c0ffee00-0000-4000-8000-000000000001';
/** Its application in Entra when none is given. */
export const DEFAULT_CLIENT_ID = 'c0ffee00-0000-4000-8000-000000000002';

/** A registration for a product at an address, with what was given put over it. */
export function createConnectorApp(productUrl: string | undefined, given: Partial<ConnectorApp> = {}): ConnectorApp {
  const base = productUrl?.replace(/\/+$/, '');
  const clientId = given.clientId ?? DEFAULT_CLIENT_ID;
  return {
    appId: DEFAULT_APP_ID,
    name: 'Tidings',
    configurationUrl: base === undefined ? 'http://127.0.0.1:7071/config' : `${base}/config`,
    callbackUrl: base === undefined ? null : `${base}/connect/callback`,
    targetUrls: base === undefined ? [] : [base],
    clientId,
    actionClientId: clientId,
    // The shape the dashboard generates. Source: Microsoft's "Enable Entra ID tokens for actionable messages".
    actionAudience: `api://auth-am-${given.appId ?? DEFAULT_APP_ID}/${clientId}`,
    actionTokens: 'action-v2',
    ...given,
  };
}
