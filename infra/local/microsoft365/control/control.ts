/** The control object: what tests and scripts do to this Microsoft 365, in the process or through `/_control`. */
import { CallerError } from '../http/body.ts';
import { changeable, type Webhook, type WebhookKind } from '../webhooks/webhook.ts';
import type { UrlShape } from '../webhooks/webhook-urls.ts';
import { type ConnectorApp, createConnectorApp } from '../world/connector-app.ts';
import type { Parts } from '../world/parts.ts';
import { newChannel } from '../world/places.ts';

/** What to make a webhook from: without a place, a channel of that name is made for it. */
export interface WebhookRequest {
  readonly kind: WebhookKind;
  readonly name?: string | undefined;
  readonly place?: string | undefined;
  readonly tenant?: string | undefined;
  readonly shape?: UrlShape | undefined;
  readonly provider?: string | undefined;
  /** Whatever else of it should differ from the start, such as `{ windows: [] }`. */
  readonly quirks?: Readonly<Record<string, unknown>> | undefined;
}

/** The control object over those parts. */
export function createControl(parts: Parts) {
  const { world, webhooks, runs } = parts;
  const webhook = (id: string): Webhook => {
    const known = webhooks.find(id);
    if (known === undefined) throw new CallerError(404, 'no such webhook');
    return known;
  };
  const refuseUnknown = (changes: Readonly<Record<string, unknown>>) => {
    const names: readonly string[] = changeable;
    const unknown = Object.keys(changes).filter((name) => !names.includes(name));
    if (unknown.length > 0) throw new CallerError(400, `cannot change: ${unknown.join(', ')}`);
  };
  const changeWebhook = (id: string, changes: Readonly<Record<string, unknown>>): Webhook => {
    const known = webhook(id);
    refuseUnknown(changes);
    Object.assign(known, changes);
    if (changes['state'] === 'active') runs.forgive(known);
    return known;
  };
  const { clock, requests, faults, messages, tokens, actions, pressButton, connectors, quirks } = parts;
  return {
    clock,
    world,
    requests,
    faults,
    runs,
    messages,
    tokens,
    actions,
    pressButton,
    connectors,
    quirks,
    createWebhook({
      kind,
      name = 'Webhook',
      place,
      tenant,
      shape,
      provider,
      quirks: given = {},
    }: WebhookRequest): Webhook {
      refuseUnknown(given);
      const where =
        place === undefined ? world.addPlace(newChannel(name, world.tenant(tenant).id)) : world.place(place);
      return changeWebhook(webhooks.create({ kind, name, place: where, shape, provider }).id, given);
    },
    changeWebhook,
    webhook,
    webhooks: () => webhooks.list(),
    /** Registers the connector anew: what is not given follows the product's address. */
    registerApp(productUrl: string | undefined, given: Partial<ConnectorApp> = {}): ConnectorApp {
      world.app = createConnectorApp(productUrl, given);
      return world.app;
    },
    /** New keys for Entra and the older token service. */
    async rotateKeys(drop: 'keep-old' | 'drop-old'): Promise<void> {
      await Promise.all([parts.entraKeys.rotate(drop), parts.substrateKeys.rotate(drop)]);
    },
    /** Forgets requests, runs, messages, pressed buttons and faults; people, places, webhooks and keys stay. */
    clear(): void {
      for (const part of [requests, runs, messages, actions]) part.clear();
      faults.remove();
    },
  };
}

/** The control object. */
export type Control = ReturnType<typeof createControl>;
