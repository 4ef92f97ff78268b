/** Makes a subscription of a chosen channel. Stopped after any step, what is left harms nobody, and the same answer goes on from there. */
import type { OnceTable } from '../identity/once-table.ts';
import type { Clock } from '../platform/clock.ts';
import type { Seal } from '../platform/seal.ts';
import type { ConnectCallback } from './connect-callback.ts';
import { StateUsedError } from './connect-errors.ts';
import { CONNECT_LIFETIME_SECONDS, type ConnectState } from './connect-state.ts';
import { defaultChoices } from './default-choices.ts';
import { recogniseOwn } from './recognise-draft.ts';
import { createStoreSubscription, type StoreSubscriptionDeps } from './store-subscription.ts';
import type { Subscription } from './subscription.ts';
import type { SubscriptionsTable } from './subscriptions-table.ts';
import { createWebhookSeal } from './webhook-seal.ts';
import type { ExtraHost, RecognisedWebhook } from './webhook-url.ts';
import { hashOfWebhook } from './webhooks-table.ts';

/** What connecting needs. */
export interface ConnectSubscriptionDeps extends StoreSubscriptionDeps {
  readonly once: Pick<OnceTable, 'claim'>;
  readonly seal: Seal;
  readonly subscriptions: Pick<SubscriptionsTable, 'create' | 'read'>;
  readonly extraHosts: readonly ExtraHost[];
  readonly recommendedTopics: () => readonly string[];
  readonly clock: Pick<Clock, 'now' | 'realNow'>;
}

/** Connects. @throws WebhookNotAllowedError, WebhookOfAnotherTenantError, StateUsedError, WebhookTakenError or SecretsVaultError. */
export function createConnectSubscription(deps: ConnectSubscriptionDeps) {
  const { once, subscriptions, extraHosts, clock } = deps;
  const storeSubscription = createStoreSubscription(deps);

  return async function connectSubscription(state: ConnectState, callback: ConnectCallback): Promise<Subscription> {
    const { account, id, owner } = state;
    const recognised = recogniseOwn(owner, callback.webhookUrl, extraHosts);

    // A state is spent on one webhook: with another, a second answer would overwrite the vault under the first one's row.
    const mark = hashOfWebhook(recognised.identity);
    const until = clock.realNow() + CONNECT_LIFETIME_SECONDS * 1000;
    const spent = await once.claim({ kind: 'connect', key: id, until, mark });
    if (!spent.first && spent.mark !== mark) throw new StateUsedError();
    if ((await subscriptions.read({ account, id })) !== undefined) throw new StateUsedError();

    const subscription = toSubscription(deps, state, callback, recognised);
    await storeSubscription({ subscription, recognised, ifThere: () => new StateUsedError() });
    return subscription;
  };
}

/** Makes subscriptions of what Office 365 sent back. */
export type ConnectSubscription = ReturnType<typeof createConnectSubscription>;

function toSubscription(
  { seal, recommendedTopics, clock }: ConnectSubscriptionDeps,
  { account, id, owner, timeZone }: ConnectState,
  { appType, name, userObjectId }: ConnectCallback,
  { webhook, tenant, shownHost }: RecognisedWebhook,
): Subscription {
  return {
    ...defaultChoices({ recommendedTopics: recommendedTopics(), timeZone }),
    id,
    account,
    target: {
      appType,
      name,
      kind: webhook.kind,
      host: shownHost,
      tenant,
      connectedBy: userObjectId === undefined ? undefined : seal.seal(`connected-by ${id}`, userObjectId),
    },
    state: { is: 'active' },
    owners: [owner],
    revision: 1,
    createdAt: clock.now(),
    sealedWebhook: createWebhookSeal(seal).seal(id, webhook.url),
  };
}
