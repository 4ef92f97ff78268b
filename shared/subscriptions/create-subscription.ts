/** Makes a subscription of a webhook that its owner pasted, or that Teams or Outlook gave to the configuration page. */
import type { z } from 'zod';
import type { Session } from '../identity/session.ts';
import type { Clock } from '../platform/clock.ts';
import { ConnectorError } from '../platform/errors.ts';
import type { Seal } from '../platform/seal.ts';
import { isTimeZone } from '../schedules/schedule.ts';
import { hashChannelKey, newChannelKey } from './channel-key.ts';
import { defaultChoices } from './default-choices.ts';
import type { newSubscriptionSchema } from './input.ts';
import { recogniseOwn } from './recognise-draft.ts';
import { createStoreSubscription, type StoreSubscriptionDeps } from './store-subscription.ts';
import type { Subscription } from './subscription.ts';
import { newSubscriptionId } from './subscription-id.ts';
import { WebhookTakenError } from './webhook-errors.ts';
import { createWebhookSeal } from './webhook-seal.ts';
import type { ExtraHost } from './webhook-url.ts';
import type { WebhooksTable } from './webhooks-table.ts';

/** What creating needs. `random` gives so many random bytes. */
export interface CreateSubscriptionDeps extends StoreSubscriptionDeps {
  readonly webhooks: Pick<WebhooksTable, 'claim' | 'release'>;
  readonly seal: Seal;
  readonly extraHosts: readonly ExtraHost[];
  readonly recommendedTopics: () => readonly string[];
  readonly clock: Pick<Clock, 'now'>;
  readonly random: (bytes: number) => Uint8Array;
}

/** What an owner sends, parsed. */
export type NewSubscription = z.infer<typeof newSubscriptionSchema>;

/** A subscription that was made, and its channel's key: told now and never again. */
export interface CreatedSubscription {
  readonly subscription: Subscription;
  readonly channelKey: string;
}

/** Creates. @throws WebhookNotAllowedError, WebhookOfAnotherTenantError, WebhookTakenError or SecretsVaultError. */
export function createCreateSubscription(deps: CreateSubscriptionDeps) {
  const { seal, extraHosts, recommendedTopics, clock, random, webhooks } = deps;
  const storeSubscription = createStoreSubscription(deps);

  return async function createSubscription(session: Session, given: NewSubscription): Promise<CreatedSubscription> {
    const { target, webhook: url, channelKey = newChannelKey(random(16)), ...choices } = given;
    const recognised = recogniseOwn(session.person, url, extraHosts);
    const { webhook, tenant, shownHost, identity } = recognised;
    const { account, person, timeZone } = session;
    const id = newSubscriptionId(random(16));
    const zone = timeZone !== undefined && isTimeZone(timeZone) ? timeZone : undefined;
    const chosen = Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
    const subscription: Subscription = {
      ...defaultChoices({ recommendedTopics: recommendedTopics(), timeZone: zone }),
      ...chosen,
      id,
      account,
      target: { ...target, kind: webhook.kind, host: shownHost, tenant },
      state: { is: 'active' },
      owners: [person],
      revision: 1,
      createdAt: clock.now(),
      sealedWebhook: createWebhookSeal(seal).seal(id, webhook.url),
      channelKeyHash: hashChannelKey(channelKey),
    };
    try {
      await storeSubscription({ subscription, recognised, ifThere: () => new WebhookTakenError() });
    } catch (error) {
      // The vault was away, so there is no row: else the owner's next try would wait ten minutes for their own claim.
      if (error instanceof ConnectorError && error.code === 'unavailable')
        await webhooks.release({ identity, account, id }).catch(() => undefined);
      throw error;
    }
    return { subscription, channelKey };
  };
}

/** Creates subscriptions. */
export type CreateSubscription = ReturnType<typeof createCreateSubscription>;
