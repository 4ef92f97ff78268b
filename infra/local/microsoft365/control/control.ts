/** The control object: what tests and scripts do to this Microsoft 365, in the process or through `/_control`. */
import type { SettableClock } from '../clock.ts';
import { CallerError } from '../http/body.ts';
import type { Faults } from '../webhooks/faults.ts';
import type { FlowRuns } from '../webhooks/flow-runs.ts';
import type { RequestLog } from '../webhooks/request-log.ts';
import type { Webhook, WebhookKind } from '../webhooks/webhook.ts';
import type { UrlShape } from '../webhooks/webhook-urls.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import { type ConnectorApp, createConnectorApp } from '../world/connector-app.ts';
import type { Messages } from '../world/messages.ts';
import { newChannel } from '../world/places.ts';
import type { World } from '../world/world.ts';

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

/** The parts that the control object works on. */
export interface ControlParts {
  readonly clock: SettableClock;
  readonly world: World;
  readonly webhooks: Webhooks;
  readonly requests: RequestLog;
  readonly faults: Faults;
  readonly runs: FlowRuns;
  readonly messages: Messages;
}

/** The control object over those parts. */
export function createControl(parts: ControlParts) {
  const { clock, world, webhooks, requests, faults, runs, messages } = parts;
  const need = (id: string): Webhook => {
    const webhook = webhooks.find(id);
    if (webhook === undefined) throw new CallerError(404, 'no such webhook');
    return webhook;
  };
  const changeWebhook = (id: string, changes: Readonly<Record<string, unknown>>): Webhook => {
    const webhook = need(id);
    const unknown = webhooks.change(webhook, changes);
    if (unknown.length > 0) throw new CallerError(400, `cannot change: ${unknown.join(', ')}`);
    if (changes['state'] === 'active') runs.forgive(webhook);
    return webhook;
  };
  return {
    clock,
    world,
    requests,
    faults,
    runs,
    messages,
    createWebhook({ kind, name = 'Webhook', place, tenant, shape, provider, quirks = {} }: WebhookRequest): Webhook {
      const where =
        place === undefined ? world.addPlace(newChannel(name, world.tenant(tenant).id)) : world.place(place);
      const webhook = webhooks.create({ kind, name, place: where, shape, provider });
      return changeWebhook(webhook.id, quirks);
    },
    changeWebhook,
    webhook: need,
    webhooks: () => webhooks.list(),
    /** Registers the connector anew: what is not given follows the product's address. */
    registerApp(productUrl: string | undefined, given: Partial<ConnectorApp> = {}): ConnectorApp {
      world.app = createConnectorApp(productUrl, given);
      return world.app;
    },
    /** Forgets requests, runs, messages and faults; people, places, webhooks and keys stay. */
    clear(): void {
      requests.clear();
      runs.clear();
      messages.clear();
      faults.remove();
    },
  };
}

/** The control object. */
export type Control = ReturnType<typeof createControl>;
