/** The connectors that people have added to places, and the dialogs in which they are being added, edited or removed. */
import { randomUUID } from 'node:crypto';
import { CallerError } from '../http/body.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { User } from '../world/people.ts';
import { appTypes, type Place } from '../world/places.ts';
import type { World } from '../world/world.ts';
import type { ClientQuirks } from './client-quirks.ts';

/** What `setConfig` gives and `getConfig` tells. Source: Microsoft's "Create connectors", `getConfig` response properties. */
export interface ConnectorConfig {
  readonly entityId?: string;
  readonly configName?: string;
  readonly contentUrl?: string;
  readonly removeUrl?: string;
  readonly websiteUrl?: string;
}

/** A connector in a place. */
export interface Connector {
  readonly id: string;
  readonly place: string;
  readonly user: string;
  readonly webhook: string;
  readonly config: ConnectorConfig;
}

/** A dialog that frames the makers' page. */
export interface ConfigurationDialog {
  readonly id: string;
  readonly purpose: 'add' | 'edit' | 'remove';
  readonly place: Place;
  readonly user: User;
  readonly webhook: string;
  readonly connector: Connector | null;
}

/** What connectors need. */
export interface ConnectorParts {
  readonly world: World;
  readonly webhooks: Webhooks;
  readonly quirks: ClientQuirks;
}

/** The connectors of all places. */
export function createConnectors({ world, webhooks, quirks }: ConnectorParts) {
  const connectors = new Map<string, Connector>();
  const dialogs = new Map<string, ConfigurationDialog>();
  const newWebhook = (place: Place) =>
    webhooks.create({ kind: 'connector', name: world.app.name, place, provider: world.app.appId }).id;
  const remove = (webhook: string) => {
    const known = webhooks.find(webhook);
    if (known !== undefined) known.state = 'removed';
  };
  const need = (id: string): ConfigurationDialog => {
    const dialog = dialogs.get(id);
    if (dialog === undefined) throw new CallerError(404, 'no such dialog');
    return dialog;
  };
  return {
    list: (place?: string): Connector[] => [...connectors.values()].filter((one) => (place ?? one.place) === one.place),
    dialog: need,
    /** Opens a dialog. A new connector's webhook exists from here on, so that the save event can tell it. */
    open(purpose: ConfigurationDialog['purpose'], place: Place, user: User, id?: string): ConfigurationDialog {
      if (user.right !== 'owner') throw new CallerError(403, 'Only owners may change connectors here.');
      const connector = connectors.get(id ?? '') ?? null;
      if (purpose !== 'add' && connector === null) throw new CallerError(404, 'no such connector');
      const webhook = connector?.webhook ?? newWebhook(place);
      const dialog = { id: randomUUID(), purpose, place, user, webhook, connector };
      dialogs.set(dialog.id, dialog);
      return dialog;
    },
    /** What `getConfig` tells in a dialog; `set` is what the page has given to `setConfig` there. */
    told({ place, user, webhook, connector }: ConfigurationDialog, set: ConnectorConfig | null) {
      const current = quirks.staleConfig ? connector?.config : (set ?? connector?.config);
      const saved = connector !== null || set !== null;
      return {
        ...current,
        appType: appTypes[place.kind],
        userObjectId: user.oid,
        // "Returned only when the application returns data successfully."
        ...(saved ? { webhookUrl: webhooks.find(webhook)?.url } : {}),
      };
    },
    /** The page has said that it saved. */
    save(id: string, config: ConnectorConfig): Connector {
      const dialog = need(id);
      dialogs.delete(id);
      let webhook = dialog.webhook;
      if (quirks.newWebhookOnSave !== 'no') {
        webhook = newWebhook(dialog.place);
        if (quirks.newWebhookOnSave === 'old-gone') remove(dialog.webhook);
      }
      const kept = quirks.losesContentUrl ? { ...config, contentUrl: world.app.configurationUrl } : config;
      const { id: known = randomUUID(), user = dialog.user.oid } = dialog.connector ?? {};
      const connector: Connector = { id: known, place: dialog.place.id, user, webhook, config: kept };
      connectors.set(connector.id, connector);
      return connector;
    },
    /** The page has said that it removed. */
    removed(id: string): void {
      const { connector, webhook } = need(id);
      dialogs.delete(id);
      remove(webhook);
      if (connector !== null) connectors.delete(connector.id);
    },
    /** The dialog was closed without a save: a webhook made for it goes with it. */
    closed(id: string): void {
      const dialog = dialogs.get(id);
      dialogs.delete(id);
      if (dialog?.purpose === 'add') remove(dialog.webhook);
    },
    restore(kept: readonly Connector[]): void {
      for (const connector of kept) connectors.set(connector.id, connector);
    },
  };
}

/** The connectors of all places. */
export type Connectors = ReturnType<typeof createConnectors>;
