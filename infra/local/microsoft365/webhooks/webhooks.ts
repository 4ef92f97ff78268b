/** The webhooks of this Microsoft 365: made, found by address, changed, removed. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Place } from '../world/places.ts';
import type { Webhook, WebhookKind } from './webhook.ts';
import { createAddress, type UrlShape } from './webhook-urls.ts';
import { CONNECTOR_WINDOWS, FLOW_BOT_WINDOW, type PostTimes } from './windows.ts';

/** 28 KB, the limit of a webhook message. Source: Microsoft's "Create an Incoming Webhook". */
export const MAX_MESSAGE_BYTES = 28 * 1024;

/** What a new webhook is made from. */
export interface NewWebhook {
  readonly kind: WebhookKind;
  readonly name: string;
  readonly place: Place;
  readonly shape?: UrlShape | undefined;
  readonly provider?: string | undefined;
}

/** The registry of webhooks; `origin` is where their addresses lead. */
export function createWebhooks({ clock, origin }: { readonly clock: Clock; readonly origin: () => string }) {
  const byId = new Map<string, Webhook>();
  const byPath = new Map<string, Webhook>();
  const posts = new Map<string, PostTimes>();
  const keep = (webhook: Webhook): Webhook => {
    byId.set(webhook.id, webhook);
    byPath.set(webhook.path, webhook);
    return webhook;
  };
  return {
    create({ kind, name, place, shape, provider = 'IncomingWebhook' }: NewWebhook): Webhook {
      const usual = kind === 'workflow' ? 'powerplatform' : place.kind === 'channel' ? 'webhookb2' : 'outlook';
      const address = createAddress({ shape: shape ?? usual, tenant: place.tenant, provider });
      return keep({
        id: `webhook-${randomUUID()}`,
        kind,
        name,
        url: `${origin()}${address.path}${address.query}`,
        path: address.path,
        sig: address.sig,
        tenant: place.tenant,
        place: place.id,
        provider,
        createdAt: clock.now(),
        state: 'active',
        offReason: null,
        callers: 'anyone',
        allowedUsers: [],
        windows: kind === 'workflow' ? [...CONNECTOR_WINDOWS, FLOW_BOT_WINDOW] : CONNECTOR_WINDOWS,
        maxBytes: MAX_MESSAGE_BYTES,
        hidesErrors: true,
        acceptsText: false,
        acceptsMessageCard: true,
      });
    },
    atPath: (path: string): Webhook | undefined => byPath.get(path),
    find: (id: string): Webhook | undefined => byId.get(id),
    list: (): Webhook[] => [...byId.values()],
    /** The times of a webhook's POSTs, for its windows. */
    postTimes(id: string): PostTimes {
      const times = posts.get(id) ?? [];
      posts.set(id, times);
      return times;
    },
    restore: (webhooks: readonly Webhook[]) => webhooks.forEach(keep),
    clear(): void {
      byId.clear();
      byPath.clear();
      posts.clear();
    },
  };
}

/** The registry of webhooks. */
export type Webhooks = ReturnType<typeof createWebhooks>;
