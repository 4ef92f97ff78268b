/** How the client behaves that frames the configuration page: as documented, or with what people have reported. */

/** Switches of the client. */
export interface ClientQuirks {
  /**
   * After a save the connector has another webhook than the save event told. Reported of the new Teams client
   * (microsoft-teams-library-js issue 2290); whether the told one goes on working was not.
   */
  newWebhookOnSave: 'no' | 'old-works' | 'old-gone';
  /** The configuration page is framed on every edit, whatever `contentUrl` was set (issue 2370). */
  losesContentUrl: boolean;
  /** A getConfig after setConfig still tells the old settings: the library promises no more. */
  staleConfig: boolean;
  /** Whether the save event carries the webhook, or only getConfig does. */
  webhookInSaveEvent: boolean;
  /** How long the host waits for the page's answer to *Save* or *Remove*. */
  answerWithinMs: number;
  /** Whether *Remove* waits for `setValidityState(true)`; that it does was found nowhere. */
  removeNeedsValidity: boolean;
  /** What joins the choices of a multi-select: a comma in Adaptive Cards, a semicolon in older samples, unsaid for MessageCards. */
  multiSelectSeparator: ',' | ';';
}

/** The client of the documents. Half a minute was seen in msteams-docs issue 2247. */
export const createClientQuirks = (): ClientQuirks => ({
  newWebhookOnSave: 'no',
  losesContentUrl: false,
  staleConfig: false,
  webhookInSaveEvent: true,
  answerWithinMs: 30_000,
  removeNeedsValidity: false,
  multiSelectSeparator: ',',
});

/** Changes switches; answers the names that it does not know, and then changes nothing. */
export function changeQuirks(quirks: ClientQuirks, changes: Readonly<Record<string, unknown>>): string[] {
  const unknown = Object.keys(changes).filter((name) => !Object.hasOwn(quirks, name));
  if (unknown.length === 0) Object.assign(quirks, changes);
  return unknown;
}
